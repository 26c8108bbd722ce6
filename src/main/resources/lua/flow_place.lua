-- Does what flows wish of jobs of one queue: makes those that are not there, moves on those that are blocked.
-- KEYS     meta, ready, scheduled, cancelled, blocked
-- ARGV     job key prefix, wake-up channel, queue name;
--          then for each job: id, wish (wait, run or cancel), start ('+<ms>' from now or '<ms>' since 1970), spec, payload
-- Changes  atomically: the job hashes and payloads, and their places in the sets; the name of the queue and its entry in next
-- Returns  for as many jobs as an answer of MOST_BYTES has room for, at least one, {0 if nothing changed, 1 if it was made, 2 if it
--          was moved; state, turn, result or '', payload and JOB_FIELDS if it changed}. Nothing was done about the others
-- Repeat   safe: the second time the job is there, and not blocked or still to be so
--#include fields
--#include time
--#include start
--#include timed
--#include first_at
--#include bytes
--#include line_up
--#include ended
--#include payload
--#include keys
--#include known
--#include startable
--#include news
--#include job_fields
local meta, ready, scheduled, cancelled, blocked = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]
local q = { prefix = prefix, ready = ready }
local now = now_ms()
local base = base_of(prefix)
local startable_before, first_known = startable_now(base), first_at(scheduled)

local function run(key, id, start, spec)
  local run_at, wait = start_of(start, now)
  if run_at > now then
    start_clock(meta, now)
    if wait then
      redis.call('HSET', key, 'wait', wait)
    end
    redis.call('HSET', key, 'state', 'scheduled', RUN_AT, run_at)
    redis.call('ZADD', scheduled, run_at, id)
    return
  end
  local seq = redis.call('HINCRBY', meta, 'seq', 1)
  redis.call('HSET', key, 'state', 'ready', SEQ, seq, RUN_AT, now)
  line_up(q, id, spec, seq)
end

local function cancel(key, id)
  redis.call('HSET', key, 'state', 'cancelled', FINISHED_AT, now)
  redis.call('ZADD', cancelled, now, id)
  one_ended(base, now, id)
end

local function place(key, id, wish, start, spec, payload)
  local state = redis.pcall('HGET', key, 'state')
  local known = redis.call('EXISTS', key) == 1
  if known and (state ~= 'blocked' or wish == 'wait') then
    return 0
  end
  if not known then
    redis.call('HSET', key, SPEC, spec, ENQUEUED_AT, now)
    redis.call('SET', payload_key(prefix, id), payload)
  end
  redis.call('ZREM', blocked, id)
  if wish == 'wait' then
    redis.call('HSET', key, 'state', 'blocked')
    redis.call('ZADD', blocked, now, id)
  elseif wish == 'run' then
    run(key, id, start, spec)
  else
    cancel(key, id)
  end
  return known and 2 or 1
end

local replies, bytes = {}, 0
for i = 4, #ARGV, 5 do
  if bytes >= MOST_BYTES then
    break
  end
  local id, wish, start, spec, payload = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4]
  local key = prefix .. id
  local changed = place(key, id, wish, start, spec, payload)
  local job = redis.pcall('HMGET', key, 'state', 'turn', 'result')
  -- What cannot be read will never run.
  local reply = { changed, not job.err and job[1] or 'dead', not job.err and job[2] or 0, not job.err and job[3] or '' }
  if changed > 0 then
    reply[5], reply[6] = payload_of(prefix, id), redis.call('HMGET', key, unpack(JOB_FIELDS))
    bytes = bytes + bytes_of({ reply[5] }) + bytes_of(reply[6])
  end
  bytes = bytes + #reply[4]
  replies[#replies + 1] = reply
end
register(base)
wake_of_news(base, channel, queue, startable_before, now, q.fresh)
tell_of_scheduled(base, channel, queue, first_at(scheduled), first_known, now)
return replies
