-- Has a worker take jobs again.
-- KEYS     drains, their version
-- ARGV     name, a token of this change
-- Changes  atomically: its entry is gone; the version, if it was there
-- Returns  1
-- Repeat   safe: the second time there is nothing to end
local drains, version = KEYS[1], KEYS[2]
local name, change = ARGV[1], ARGV[2]
if redis.call('ZREM', drains, name) == 1 then
  redis.call('SET', version, change)
end
return 1
