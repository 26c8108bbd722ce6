-- Strikes off notices for which jobs have been enqueued that send them, or that no hook wants.
-- KEYS     notices, hooks, next of the bucket
-- ARGV     how many dropped notices have been told of, then the notices
-- Changes  notices and their bytes; told; the entry of hooks in next
-- Returns  how many were struck off
-- Repeat   safe: the second time they are gone; of what was dropped, no more is told than was
--#include hooks_due
local notices, hooks, next_key = KEYS[1], KEYS[2], KEYS[3]
local dropped = tonumber(ARGV[1])
local done, bytes = 0, 0
for i = 2, #ARGV do
  local notice = ARGV[i]
  if redis.call('ZREM', notices, notice) == 1 then
    done, bytes = done + 1, bytes + #notice
  end
end
if dropped > 0 then
  local known = redis.call('HMGET', hooks, 'dropped', 'told')
  redis.call('HSET', hooks, 'told', math.min(tonumber(known[1] or 0), tonumber(known[2] or 0) + dropped))
end
if redis.call('EXISTS', notices) == 0 then
  redis.call('ZREM', next_key, HOOKS)
  redis.call('HDEL', hooks, 'bytes')
elseif bytes > 0 then
  redis.call('HINCRBY', hooks, 'bytes', -bytes)
end
return done
