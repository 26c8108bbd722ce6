-- Holds a handler by hand, or resumes it.
-- KEYS     meta, held, probes, outcomes of the handler
-- ARGV     name, '1' to hold it or '0' to resume it, a token of this change, most that may be held
-- Changes  atomically: whether it is held, and the version if that is new; resumed, its failures are counted anew
-- Returns  1, or 0 if as many are held as may be
-- Repeat   safe: the second time it is as it is to be
--#include time
--#include held
local meta, held, probes, outcomes = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local name, hold, change, most = ARGV[1], ARGV[2] == '1', ARGV[3], tonumber(ARGV[4])
if not hold then
  redis.call('UNLINK', outcomes)
  if release(held, probes, name, true) then
    redis.call('HSET', meta, 'handlers_version', change)
  end
  return 1
end
local before = redis.call('HGET', held, name)
if not before and redis.call('HLEN', held) >= most then
  return 0
end
local since = before and string.match(before, '^%d+') or string.format('%.0f', now_ms())
if before ~= since .. ' 0' then
  redis.call('HSET', held, name, since .. ' 0')
  redis.call('HDEL', probes, name)
  redis.call('HSET', meta, 'handlers_version', change)
end
return 1
