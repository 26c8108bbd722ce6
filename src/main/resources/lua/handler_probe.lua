-- Gives the right to try one job of a handler that is held, or takes it back.
-- KEYS     held, probes
-- ARGV     name, a token of who asks, for how many ms nobody else gets it; '' to give it back
-- Changes  who has it, and until when nobody else gets it
-- Returns  0 if who asks has it, else in how many ms to ask again; -1 if there is nothing to try: it is not held, or by hand
-- Repeat   safe: who has it gets it
--#include time
local held, probes = KEYS[1], KEYS[2]
local name, token, every_ms = ARGV[1], ARGV[2], tonumber(ARGV[3])
local since, failed = string.match(redis.call('HGET', held, name) or '', '^(%d+) (%d+)$')
local until_ms, holder = string.match(redis.call('HGET', probes, name) or '', '^(%d+) (.*)$')
if not every_ms then
  if holder == token then
    redis.call('HDEL', probes, name)
  end
  return -1
elseif not since or failed == '0' then
  return -1
elseif holder == token then
  return 0
end
local now = now_ms()
local wait = (tonumber(until_ms) or tonumber(since) + every_ms) - now
-- Longer than was ever said: Redis's clock has stepped back since.
if wait > 0 and wait <= every_ms then
  return wait
end
redis.call('HSET', probes, name, string.format('%.0f %s', now + every_ms, token))
return 0
