-- Makes a dead or cancelled job ready again, with fresh attempts and a new place in line; its errors are kept.
-- KEYS     job, meta, ready, dead, cancelled
-- ARGV     id, id of this request, wake-up channel, queue name, job key prefix, unique key prefix
-- Changes  atomically: the job hash, and its move to ready; its unique key; the name of the queue and its entry in next
-- Returns  {'missing'}, {'refused', state}, {'taken', id of the job that holds its unique key, that one's state} or {'applied', payload, JOB_FIELDS}
-- Repeat   safe: the job remembers the latest request that made it ready
--#include fields
--#include time
--#include requeue
--#include payload
--#include keys
--#include known
--#include startable
--#include news
--#include job_fields
local key = KEYS[1]
local q = { meta = KEYS[2], ready = KEYS[3], dead = KEYS[4], cancelled = KEYS[5], prefix = ARGV[5],
  unique_prefix = ARGV[6] }
local id, request, channel, queue = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local job = redis.call('HMGET', key, 'state', 'requeue_request', SPEC)
local state = job[1]
if not state then
  return { 'missing' }
end
if job[2] ~= request then
  if state ~= 'dead' and state ~= 'cancelled' then
    return { 'refused', state }
  end
  local holder, holders_state = take_key_again(q, id, job[3] or '')
  if holder then
    return { 'taken', holder, holders_state }
  end
  local base = base_of(q.prefix)
  register(base)
  local startable_before = startable_now(base)
  make_ready(q, key, id, job[3], now_ms(), request)
  wake_of_news(base, channel, queue, startable_before, nil, q.fresh)
end
return { 'applied', payload_of(q.prefix, id), redis.call('HMGET', key, unpack(JOB_FIELDS)) }
