-- Reads a job.
-- KEYS     job
-- ARGV     job key prefix, id, '1' if the stack of its latest failure is wanted, else ''
-- Changes  nothing
-- Returns  {} if there is no such job, else {payload, JOB_FIELDS, token of its latest claim, the stack if it has one and it is wanted}
-- Repeat   safe: it reads
--#include fields
--#include payload
--#include job_fields
--#include job_field
local key = KEYS[1]
local prefix, id, with_stack = ARGV[1], ARGV[2], ARGV[3] ~= ''
local fields = redis.call('HMGET', key, unpack(JOB_FIELDS))
if not fields[JOB_FIELD.state] then
  return {}
end
return { payload_of(prefix, id), fields, redis.call('HGET', key, TOKEN), with_stack and redis.call('HGET', key, 'stack') }
