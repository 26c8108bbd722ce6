-- Gives a job that waits another priority, another time at which it is due, or both.
-- KEYS     job, meta, ready, scheduled, dead
-- ARGV     id, id of this request, wake-up channel, queue name, job key prefix, corrupt key prefix, priority or '' to keep it, start ('+<ms>'
--          from now or '<ms>' since 1970) or '' to keep it
-- Changes  atomically: the job hash, its place in ready or its move between ready and scheduled; the name of the queue and its entry in next
-- Returns  {'missing'}, {'refused', state}, {'ordered'} if it keeps an order, in which priorities mean nothing, or {'applied', payload, JOB_FIELDS}
-- Repeat   safe: the job remembers the latest request that changed it
--#include fields
--#include time
--#include spec
--#include timed
--#include start
--#include keys
--#include first_at
--#include reschedule
--#include payload
--#include known
--#include startable
--#include news
--#include job_fields
local key = KEYS[1]
local id, request, channel, queue, prefix, priority, start = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[7], ARGV[8]
local base, now = base_of(prefix), now_ms()
local q = { base = base, prefix = prefix, corrupt_prefix = ARGV[6], meta = KEYS[2], ready = KEYS[3], scheduled = KEYS[4], dead = KEYS[5] }
local job = redis.call('HMGET', key, 'state', 'reschedule_request', SPEC, SEQ)
local state, spec = job[1], job[3] or ''
if not state then
  return { 'missing' }
end

local function change()
  local startable_before, first_known = startable_now(base), first_at(q.scheduled)
  redis.call('HSET', key, 'reschedule_request', request)
  if priority ~= '' then
    spec = with_priority(spec, priority)
    redis.call('HSET', key, SPEC, spec)
  end
  local run_at, wait
  if start ~= '' then
    run_at, wait = start_of(start, now)
  end
  if run_at and run_at > now then
    if state == 'ready' then
      postpone(q, id, spec)
    end
    wait_until(q, id, run_at, wait, now)
  elseif run_at and state == 'scheduled' then
    be_due(q, id, now)
  elseif state == 'ready' and priority ~= '' then
    move_in_line(q, id, spec, tonumber(priority), tonumber(job[4] or '') or 0)
  end
  register(base)
  wake_of_news(base, channel, queue, startable_before, now, q.fresh)
  tell_of_scheduled(base, channel, queue, first_at(q.scheduled), first_known, now)
end

if job[2] ~= request then
  if state ~= 'ready' and state ~= 'scheduled' then
    return { 'refused', state }
  elseif redis.call('ZSCORE', base .. 'held', id) then
    -- A copy: whoever owns the job may change it.
    return { 'refused', state }
  elseif priority ~= '' and group_of(spec) == '=' then
    return { 'ordered' }
  end
  change()
  if redis.call('HEXISTS', q.meta, 'mirror') == 1 then
    --#include outbox
    to_outbox(base, { id })
  end
end
return { 'applied', payload_of(prefix, id), redis.call('HMGET', key, unpack(JOB_FIELDS)) }
