-- Makes dead or cancelled jobs that match ready again, a bounded number, as requeue.lua does one.
-- KEYS     the state's set, receipts, meta, ready, dead, cancelled
-- ARGV     as in lib/bulk.lua; then wake-up channel, queue name, unique key prefix
-- Changes  atomically: the job hashes, and their moves to ready; their unique keys; the name of the queue and its entry in next. A job whose key another has stays
-- Returns  as in lib/bulk.lua
-- Repeat   safe: the receipt answers it
--#include time
--#include bulk
--#include requeue
--#include known
--#include keys
--#include startable
--#include news
local q = { meta = KEYS[3], ready = KEYS[4], dead = KEYS[5], cancelled = KEYS[6], prefix = bulk.prefix,
  unique_prefix = ARGV[14] }
local channel, queue = ARGV[12], ARGV[13]
local base = base_of(q.prefix)
local startable_before = startable_now(base)
local reply = for_many(now_ms(), function(key, id, spec, now)
  if take_key_again(q, id, spec) then
    return false
  end
  make_ready(q, key, id, spec, now, bulk.token)
end)
if reply[4] > 0 then
  register(base)
end
wake_of_news(base, channel, queue, startable_before, nil, q.fresh)
return reply
