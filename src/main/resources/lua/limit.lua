-- Sets limits of a queue, then goes through the groups that the old ones may have held, a bounded number in each call.
-- KEYS     meta
-- ARGV     job key prefix, wake-up channel, queue name, where to go on: '' to begin with, then what the call before answered;
--          to begin with, pairs of a field of meta and its value, or '' for none: of max_waiting, concurrency, rate, group_concurrency,
--          group_rate those that change
-- Changes  the limits, and the version of what is set, see setting_changed.lua; jobs that wait or run already stay. Groups that may start jobs now get their turns; while there are more to go
--          through, the queue's entry prune in next, for the case that nobody goes on
-- Returns  where to go on, or '' if all groups were gone through
-- Repeat   safe: it sets the limits again, and goes through the groups again
--#include time
--#include keys
--#include limited_groups
--#include startable
--#include news
--#include setting_changed
local meta = KEYS[1]
local prefix, channel, queue, from = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local base = base_of(prefix)
local startable_before = startable_now(base)
local limiting = redis.call('HGET', meta, 'limiting')

-- Where to begin: groups may rest by a rate that is not theirs any more, also if an earlier request did not come to the end.
local function set_limits()
  local rate_before = redis.call('HGET', meta, 'group_rate')
  for i = 5, #ARGV, 2 do
    local field, value = ARGV[i], ARGV[i + 1]
    if value == '' then
      redis.call('HDEL', meta, field)
    else
      redis.call('HSET', meta, field, value)
    end
  end
  setting_changed(meta)
  local outdated = string.find(limiting or '', '^resting') or redis.call('HGET', meta, 'group_rate') ~= rate_before
  return outdated and 'resting 0' or 'busy 0'
end

local at = from == '' and set_limits() or from
local next_at = go_through_groups(base, at, from == '' and at or limiting, now_ms())
if from == '' or string.find(at, '^resting') then
  wake_of_all(base, channel, queue)
else
  wake_of_news(base, channel, queue, startable_before)
end
return next_at
