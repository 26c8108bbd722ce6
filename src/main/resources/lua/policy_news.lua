-- Reads all policies, unless nothing has changed.
-- KEYS     policies, meta
-- ARGV     the version that is known
-- Changes  nothing
-- Returns  {version, now, then, if the version is another one, queue and policy of each}; now is 0 if there never was a policy
-- Repeat   safe: it reads
--#include time
local policies, meta = KEYS[1], KEYS[2]
local known = ARGV[1]

local version = redis.call('HGET', meta, 'policies_version') or ''
local reply = { version, version == '' and '0' or string.format('%.0f', now_ms()) }
if version ~= known then
  for _, text in ipairs(redis.call('HGETALL', policies)) do
    reply[#reply + 1] = text
  end
end
return reply
