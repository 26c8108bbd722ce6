-- Reads what holds a job where it stands, all at one moment.
-- KEYS     job, meta, ready, running
-- ARGV     id
-- Changes  nothing
-- Returns  {now, 1 if the queue is paused, how many of the queue run, how many are before it in line or -1,
--          when its lease ends or '', its token or '', JOB_FIELDS}; without the fields if there is no such job
--#include time
local key, meta, ready, running = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id = ARGV[1]
local reply = {
  string.format('%.0f', now_ms()),
  redis.call('HGET', meta, 'paused') == '1' and 1 or 0,
  redis.call('ZCARD', running),
  -1,
  redis.call('ZSCORE', running, id) or '',
  '',
}
if redis.call('EXISTS', key) == 0 then
  return reply
end
-- No two scores of the ready set are the same, so the lower ones are those before it.
local score = redis.call('ZSCORE', ready, id)
if score then
  reply[4] = redis.call('ZCOUNT', ready, '-inf', '(' .. score)
end
local job = redis.pcall('HMGET', key, unpack(JOB_FIELDS))
if job.err then
  reply[7] = {}
  return reply
end
reply[6] = redis.call('HGET', key, 'token') or ''
reply[7] = job
return reply
