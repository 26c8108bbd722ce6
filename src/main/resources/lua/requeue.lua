-- Makes a dead or cancelled job ready again, with fresh attempts and a new place in line; its errors are kept.
-- KEYS     job, meta, ready, dead, cancelled
-- ARGV     id, id of this request, wake-up channel, queue name
-- Changes  atomically: the job hash, and its move to ready
-- Returns  {'missing'}, {'refused', state} or {'applied', JOB_FIELDS}
-- Repeat   safe: the job remembers the latest request that made it ready
--#include time
--#include ready
--#include flow
local key, meta, ready, dead, cancelled = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local id, request, channel, queue = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local job = redis.call('HMGET', key, 'state', 'requeue_request', 'spec')
local state = job[1]
if not state then
  return { 'missing' }
end
if job[2] ~= request then
  if state ~= 'dead' and state ~= 'cancelled' then
    return { 'refused', state }
  end
  local now = now_ms()
  local ready_before = redis.call('ZCARD', ready)
  local seq = redis.call('HINCRBY', meta, 'seq', 1)
  redis.call('ZREM', dead, id)
  redis.call('ZREM', cancelled, id)
  redis.call('HDEL', key, 'token', 'settled', 'attempt', 'started_at', 'finished_at', 'result')
  redis.call('HSET', key, 'state', 'ready', 'seq', seq, 'run_at', now, 'requeue_request', request)
  redis.call('ZADD', ready, ready_score(priority_and_attempts(job[3]) or 0, seq), id)
  owe_flow(string.sub(key, 1, -#id - 1), id, now)
  if ready_before == 0 then
    wake(channel, queue)
  end
end
return { 'applied', redis.call('HMGET', key, unpack(JOB_FIELDS)) }
