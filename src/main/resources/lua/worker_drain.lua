-- Has a worker take no more jobs for a while.
-- KEYS     drains, meta of settings, remote workers, served
-- ARGV     kind, name, for how many ms, most drains, a token of this change, prefix of the workers' hashes
-- Changes  atomically: its entry, the version in meta by which instances see that something changed, until when what it serves is served; strikes
--          off entries that are over
-- Returns  until when in ms, or -1 if there are as many as may be
-- Repeat   safe: it sets the end to the same distance from now
--#include time
--#include struck_off
--#include who_serves
local drains, meta, remote, served = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local kind, name, drained_ms, most, change, prefix = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5], ARGV[6]
local member = kind .. ' ' .. name
-- Nobody is drained for longer.
local LONGEST_MS = 3600000
local now = now_ms()
cut(drains, now + math.max(drained_ms, LONGEST_MS))
struck_off(drains, now, math.huge)
if redis.call('ZCARD', drains) >= most and not redis.call('ZSCORE', drains, member) then
  return -1
end
redis.call('ZADD', drains, now + drained_ms, member)
redis.call('HSET', meta, 'drains_version', change)
if kind == 'remote' then
  look_who_serves({ drains = drains, remote = remote, served = served, prefix = prefix }, name, now)
end
return now + drained_ms
