-- Ends jobs of one state that match and have not ended, a bounded number.
-- KEYS     the state's set, receipts, meta, ready, scheduled, running, cancelled
-- ARGV     as in lib/bulk.lua; then wake-up channel, queue name
-- Changes  atomically: the job hashes, their moves to cancelled, and the count of running jobs cancelled
-- Returns  as in lib/bulk.lua
-- Repeat   safe: the receipt answers it
--#include time
--#include bulk
--#include leaving
--#include cancel
local q = { meta = KEYS[3], ready = KEYS[4], scheduled = KEYS[5], running = KEYS[6], cancelled = KEYS[7],
  blocked = bulk.set }
local channel, queue = ARGV[14], ARGV[15]
local stopped = {}
local leaving = before_leaving(bulk.prefix, q.running)
local reply = for_many(now_ms(), function(key, id, _, now)
  end_as_cancelled(q, key, id, bulk.state, now)
  if bulk.state == 'running' then
    stopped[#stopped + 1] = id
  end
end)
if #stopped > 0 then
  tell_cancelled(channel, queue, table.concat(stopped, ' '))
end
tell_of_slots(leaving, channel, queue)
return reply
