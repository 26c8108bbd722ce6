-- Has a worker take no more jobs for a while.
-- KEYS     drains, their version
-- ARGV     name, for how many ms, most drains, a token of this change
-- Changes  atomically: its entry, the version by which instances see that something changed; strikes off entries that are over
-- Returns  until when in ms, or -1 if there are as many as may be
-- Repeat   safe: it sets the end to the same distance from now
--#include time
--#include struck_off
local drains, version = KEYS[1], KEYS[2]
local name, drained_ms, most, change = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
-- Nobody is drained for longer.
local LONGEST_MS = 3600000
local now = now_ms()
cut(drains, now + math.max(drained_ms, LONGEST_MS))
struck_off(drains, now, math.huge)
if redis.call('ZCARD', drains) >= most and not redis.call('ZSCORE', drains, name) then
  return -1
end
redis.call('ZADD', drains, now + drained_ms, name)
redis.call('SET', version, change)
return now + drained_ms
