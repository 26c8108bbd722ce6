-- Sets the limits of a queue, then goes through the groups that the old ones may have held, a bounded number in each call.
-- KEYS     meta, ready
-- ARGV     job key prefix, wake-up channel, queue name, where to go on: '' to begin with, then what the call before answered;
--          to begin with, pairs of a field of meta and its value, or '' for none: all of max_waiting, concurrency, rate,
--          group_concurrency, group_rate
-- Changes  the limits; jobs that wait or run already stay. Groups that may start jobs now get their turns
-- Returns  where to go on, or '' if all groups were gone through
-- Repeat   safe: it sets the limits again, and goes through the groups again
--#include keys
--#include groups
--#include startable
--#include wake
local meta, ready = KEYS[1], KEYS[2]
local prefix, channel, queue, from = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
-- About as many as a call looks at.
local TOGETHER = 200
local base = base_of(prefix)
local startable_before = startable_now(base, ready)

-- Whether groups rest by a rate that is not theirs any more: also if an earlier request did not come to the end.
local function set_limits()
  local before = redis.call('HMGET', meta, 'group_rate', 'rests_outdated')
  for i = 5, #ARGV, 2 do
    local field, value = ARGV[i], ARGV[i + 1]
    if value == '' then
      redis.call('HDEL', meta, field)
    else
      redis.call('HSET', meta, field, value)
    end
  end
  local outdated = before[2] or redis.call('HGET', meta, 'group_rate') ~= before[1]
  if outdated then
    redis.call('HSET', meta, 'rests_outdated', 1)
  end
  return outdated
end

-- From now on they are due, so that claims look at them, a few at a time.
local function end_rests(cursor)
  local found = redis.call('ZSCAN', base .. 'resting', cursor, 'COUNT', TOGETHER)
  for i = 1, #found[2], 2 do
    redis.call('ZADD', base .. 'resting', 0, found[2][i])
  end
  return found[1]
end

-- Only groups that have jobs running can have been held by the old limit, and these are no more than those jobs.
local function place_busy(cursor)
  local found = redis.call('HSCAN', base .. 'busy', cursor, 'COUNT', TOGETHER)
  for i = 1, #found[2], 2 do
    place_group(base, found[2][i])
  end
  return found[1]
end

local part, cursor = string.match(from, '^(%a+) (%d+)$')
if from == '' then
  part, cursor = set_limits() and 'resting' or 'busy', '0'
end
local resting = part == 'resting'
local next_step
if resting then
  cursor = end_rests(cursor)
  next_step = cursor == '0' and 'busy 0' or 'resting ' .. cursor
  if cursor == '0' then
    redis.call('HDEL', meta, 'rests_outdated')
  end
else
  cursor = place_busy(cursor)
  next_step = cursor == '0' and '' or 'busy ' .. cursor
end
if from == '' or resting or startable_before == 0 and startable_now(base, ready) > 0 then
  wake(base, channel, queue)
end
return next_step
