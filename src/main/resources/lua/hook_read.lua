-- Reads all hooks, unless there is nothing new.
-- KEYS     declared, disabled, meta
-- ARGV     the version that is known, the highest that a bucket was seen to know
-- Changes  the version, if a bucket knows a higher one: the change that made it was lost, and buckets take none that is lower
-- Returns  {version, {name, hook, …}, {name, since when it is disabled, …}}; of the version that is known the latter two are empty
-- Repeat   safe: the second time the version is higher
--#include hook_version
local declared, disabled, meta = KEYS[1], KEYS[2], KEYS[3]
local known, seen = ARGV[1], tonumber(ARGV[2])
local version = redis.call('HGET', meta, 'hooks_version') or '0'
if tonumber(version) < seen then
  version = next_hook_version(meta, seen)
end
if version == known then
  return { version, {}, {} }
end
return { version, redis.call('HGETALL', declared), redis.call('HGETALL', disabled) }
