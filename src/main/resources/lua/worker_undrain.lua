-- Has workers of a name take jobs again.
-- KEYS     drains, meta of settings, remote workers, served
-- ARGV     name, a token of this change, prefix of the workers' hashes
-- Changes  atomically: its entries are gone; the version in meta, if there was one; until when what it serves is served
-- Returns  1
-- Repeat   safe: the second time there is nothing to end
--#include time
--#include who_serves
local drains, meta, remote, served = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local name, change, prefix = ARGV[1], ARGV[2], ARGV[3]
if redis.call('ZREM', drains, 'instance ' .. name, 'remote ' .. name) > 0 then
  redis.call('HSET', meta, 'drains_version', change)
  look_who_serves({ drains = drains, remote = remote, served = served, prefix = prefix }, name, now_ms())
end
return 1
