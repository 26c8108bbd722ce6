-- Lets one instance go through a part of all queues, if nobody has for a while.
-- KEYS     walked: when somebody began to, and under which token
-- ARGV     token of this request, ms from one time to the next
-- Changes  walked
-- Returns  1 if the caller is to do it, 0 if not
-- Repeat   safe: the token that was given the turn gets it again
--#include time
local walked = KEYS[1]
local token, every_ms = ARGV[1], tonumber(ARGV[2])
local now = now_ms()
local at, by = string.match(redis.call('GET', walked) or '', '^(%d+) (%S+)$')
if by == token then
  return 1
end
-- A time to come is that of a clock which was set back.
if at and now - at < every_ms and now - at >= 0 then
  return 0
end
redis.call('SET', walked, string.format('%.0f', now) .. ' ' .. token)
return 1
