-- Hands out notices of a bucket, those first that are oldest. They stay until they are struck off, see notices_done.lua.
-- KEYS     notices, hooks, next of the bucket
-- ARGV     most notices (fewer if they come to MOST_BYTES before), ms until they are handed out again
-- Changes  the entry of hooks in next
-- Returns  {version by which the bucket knows what hooks want, how many notices were dropped and not told of, then the notices}
-- Repeat   safe: it hands out the same
--#include time
--#include when_full
--#include bytes
--#include hooks_due
local notices, hooks, next_key = KEYS[1], KEYS[2], KEYS[3]
local most, again_ms = tonumber(ARGV[1]), tonumber(ARGV[2])
go_on_when_full(notices)
local found, bytes = redis.call('ZRANGE', notices, 0, most - 1), 0
local known = redis.call('HMGET', hooks, 'version', 'dropped', 'told')
local reply = { known[1] or '0', tonumber(known[2] or 0) - tonumber(known[3] or 0) }
for _, notice in ipairs(found) do
  if bytes >= MOST_BYTES then
    break
  end
  bytes = bytes + #notice
  reply[#reply + 1] = notice
end
if #found > 0 then
  redis.call('ZADD', next_key, string.format('%.0f', now_ms() + again_ms), HOOKS)
else
  redis.call('ZREM', next_key, HOOKS)
end
return reply
