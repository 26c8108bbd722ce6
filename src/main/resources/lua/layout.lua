-- Says how a queue is laid out over its places: in the queue itself what its policy is, in each place from which epoch on it takes new jobs.
-- KEYS     meta
-- ARGV     job key prefix; the epoch that ends with this call, for the place to take new jobs only under later ones, '<epoch' for it to take them
--          from all again if it was closed before that one, or '' to leave that; the policy, '-' for none, or '' to leave that
-- Changes  atomically: layout and policy in meta, the name of the queue if a policy is set
-- Returns  1
-- Repeat   safe: the epoch never goes back, and who opens a place says which closing that ends
--#include keys
--#include known
local meta, prefix, epoch, policy = KEYS[1], ARGV[1], ARGV[2], ARGV[3]

local closed_at = tonumber(redis.call('HGET', meta, 'layout') or 0)
local opens_before = string.match(epoch, '^<(%d+)$')
if opens_before then
  if closed_at < tonumber(opens_before) then
    redis.call('HDEL', meta, 'layout')
  end
elseif epoch ~= '' and tonumber(epoch) > closed_at then
  redis.call('HSET', meta, 'layout', epoch)
end
if policy == '-' then
  redis.call('HDEL', meta, 'policy')
elseif policy ~= '' then
  redis.call('HSET', meta, 'policy', policy)
  register(base_of(prefix))
end
return 1
