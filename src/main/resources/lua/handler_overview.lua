-- Reads which handlers are declared and which are held, unless there is nothing new.
-- KEYS     meta, revisions, held
-- ARGV     the version that is known
-- Changes  nothing
-- Returns  {now in ms, version, {name, revision, …}, {name, since and failed, …}}; of the version that is known the latter two are empty
-- Repeat   safe: it reads
--#include time
local meta, revisions, held = KEYS[1], KEYS[2], KEYS[3]
local known = ARGV[1]
local version = redis.call('HGET', meta, 'handlers_version') or ''
if version == known then
  return { now_ms(), version, {}, {} }
end
return { now_ms(), version, redis.call('HGETALL', revisions), redis.call('HGETALL', held) }
