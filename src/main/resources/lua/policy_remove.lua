-- Removes the policy of a queue, if it is what it was when it was read.
-- KEYS     policies, meta
-- ARGV     queue, revision that was read, token of this change
-- Changes  atomically: the policy, the version of all
-- Returns  1 if there is none now, 0 if there is another one
-- Repeat   safe: the second time there is none
local policies, meta = KEYS[1], KEYS[2]
local queue, revision, change = ARGV[1], ARGV[2], ARGV[3]

local there = redis.call('HGET', policies, queue)
if not there then
  return 1
elseif string.match(there, '^%S+') ~= revision then
  return 0
end
redis.call('HDEL', policies, queue)
redis.call('HSET', meta, 'policies_version', change)
return 1
