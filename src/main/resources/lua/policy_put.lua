-- Sets the policy of a queue, if it is what it was when it was read.
-- KEYS     policies, meta
-- ARGV     queue, revision that was read or '' if there was none, revision it gets, what it is, '1' if it begins an epoch or '', most policies
-- Changes  atomically: the policy, the version of all; the latest epoch
-- Returns  {1 if it is set, 0 if another one is there, -1 if there are as many as may be, the policy that is there or ''}: revision, epoch, when it was
--          set, what it is
-- Repeat   safe: the policy has the revision that it was to get
--#include time
local policies, meta = KEYS[1], KEYS[2]
local queue, read, revision, text, begins, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5] ~= '', tonumber(ARGV[6])

local there = redis.call('HGET', policies, queue)
local there_revision, epoch = string.match(there or '', '^(%S+) (%d+) ')
if there_revision == revision then
  return { 1, there }
elseif (there_revision or '') ~= read then
  return { 0, there or '' }
elseif not there and redis.call('HLEN', policies) >= most then
  return { -1, '' }
end

local now = now_ms()
-- Never one that there was, though policies come and go, and clocks step.
if begins then
  local latest = tonumber(redis.call('HGET', meta, 'policies_epoch') or 0)
  epoch = string.format('%.0f', math.max(now, latest + 1, tonumber(epoch or 0) + 1))
  redis.call('HSET', meta, 'policies_epoch', epoch)
end
local set = table.concat({ revision, epoch or '0', string.format('%.0f', now), text }, ' ')
redis.call('HSET', policies, queue, set)
redis.call('HSET', meta, 'policies_version', revision)
return { 1, set }
