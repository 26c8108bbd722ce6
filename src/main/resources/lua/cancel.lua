-- Ends a job that has not ended. A running one loses its lease: whatever its worker reports from now on is refused.
-- KEYS     job, ready, scheduled, running, cancelled, blocked
-- ARGV     id
-- Changes  atomically: the job hash, and its move to cancelled
-- Returns  {'missing'}, {'refused', state} or {'applied', JOB_FIELDS}
-- Repeat   safe: a cancelled job answers 'applied'
--#include time
--#include flow
local key, ready, scheduled, running, cancelled, blocked = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local id = ARGV[1]
local state = redis.call('HGET', key, 'state')
if not state then
  return { 'missing' }
end
if state == 'succeeded' or state == 'dead' then
  return { 'refused', state }
end
if state ~= 'cancelled' then
  local now = now_ms()
  redis.call('ZREM', ready, id)
  redis.call('ZREM', scheduled, id)
  redis.call('ZREM', running, id)
  redis.call('ZREM', blocked, id)
  redis.call('HDEL', key, 'token')
  redis.call('HSET', key, 'state', 'cancelled', 'finished_at', now)
  redis.call('ZADD', cancelled, now, id)
  owe_flow(string.sub(key, 1, -#id - 1), id, now)
end
return { 'applied', redis.call('HMGET', key, unpack(JOB_FIELDS)) }
