-- Ends a job that has not ended. A running one loses its lease: whatever its worker reports from now on is refused.
-- KEYS     job, meta, ready, scheduled, running, cancelled, blocked
-- ARGV     id, wake-up channel, queue name
-- Changes  atomically: the job hash, its move to cancelled, and the count of running jobs cancelled
-- Returns  {'missing'}, {'refused', state} or {'applied', payload, JOB_FIELDS}
-- Repeat   safe: a cancelled job answers 'applied'
--#include time
--#include prefix
--#include leaving
--#include cancel
--#include payload
--#include job_fields
local key = KEYS[1]
local q = { meta = KEYS[2], ready = KEYS[3], scheduled = KEYS[4], running = KEYS[5], cancelled = KEYS[6],
  blocked = KEYS[7] }
local id, channel, queue = ARGV[1], ARGV[2], ARGV[3]
local prefix = prefix_of(key, id)
local state = redis.call('HGET', key, 'state')
if not state then
  return { 'missing' }
end
if state == 'succeeded' or state == 'dead' then
  return { 'refused', state }
end
if state ~= 'cancelled' then
  local leaving = before_leaving(prefix, q.running)
  end_as_cancelled(q, key, id, state, now_ms())
  if state == 'running' then
    tell_cancelled(channel, queue, id)
  end
  tell_of_slots(leaving, channel, queue)
end
return { 'applied', payload_of(prefix, id), redis.call('HMGET', key, unpack(JOB_FIELDS)) }
