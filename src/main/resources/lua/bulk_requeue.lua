-- Makes dead or cancelled jobs that match ready again, a bounded number, as requeue.lua does one; or due one after the other, as
-- reschedule.lua does.
-- KEYS     the state's set, receipts, meta, ready, dead, cancelled, scheduled
-- ARGV     as in lib/bulk.lua; then wake-up channel, queue name, unique key prefix, corrupt key prefix, ms from the time of one job to that of
--          the next, or '' to have all due now; time of the first in ms since 1970, or '' for now, which it is as well if it is over
-- Changes  atomically: the job hashes, and their moves to ready or scheduled; their unique keys; the name of the queue and its entry in next. A job whose key another has stays
-- Returns  as in lib/bulk.lua
-- Repeat   safe: the receipt answers it
--#include time
--#include bulk
--#include requeue
--#include reschedule
--#include first_at
--#include timed
--#include known
--#include keys
--#include startable
--#include news
local q = { meta = KEYS[3], ready = KEYS[4], dead = KEYS[5], cancelled = KEYS[6], scheduled = KEYS[7], prefix = bulk.prefix,
  base = base_of(bulk.prefix), unique_prefix = ARGV[16], corrupt_prefix = ARGV[17] }
local channel, queue = ARGV[14], ARGV[15]
local every_ms, first = tonumber(ARGV[18]), tonumber(ARGV[19])
local now = now_ms()
local begin, requeued = math.max(first or now, now), 0
local startable_before, first_known = startable_now(q.base), first_at(q.scheduled)
local reply = for_many(now, function(key, id, spec)
  if take_key_again(q, id, spec) then
    return false
  end
  make_ready(q, key, id, spec, now, bulk.token)
  local due = every_ms and begin + math.floor(requeued * every_ms) or now
  if due > now then
    postpone(q, id, spec)
    wait_until(q, id, due, nil, now)
  end
  requeued = requeued + 1
end)
if reply[4] > 0 then
  register(q.base)
end
wake_of_news(q.base, channel, queue, startable_before, nil, q.fresh)
tell_of_scheduled(q.base, channel, queue, first_at(q.scheduled), first_known, now)
return reply
