-- Sets the limits of a queue.
-- KEYS     meta
-- ARGV     job key prefix, wake-up channel, queue name; then pairs of a field of meta and its value, or '' for none: all of
--          max_waiting, concurrency, rate, group_concurrency, group_rate
-- Changes  the limits; jobs that wait or run already stay. Groups that may start jobs now get their turns
-- Returns  1
-- Repeat   safe: it sets the limits again
--#include keys
--#include groups
--#include wake
local meta = KEYS[1]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]
local group_rate = redis.call('HGET', meta, 'group_rate')
for i = 4, #ARGV, 2 do
  local field, value = ARGV[i], ARGV[i + 1]
  if value == '' then
    redis.call('HDEL', meta, field)
  else
    redis.call('HSET', meta, field, value)
  end
end
-- Only groups that have jobs running can have been held by the old limit, and these are no more than those jobs.
local base = base_of(prefix)
if redis.call('HGET', meta, 'group_rate') ~= group_rate then
  -- They rest by the old one. From now on they are due, so that claims look at them, a few at a time.
  redis.call('ZUNIONSTORE', base .. 'resting', 1, base .. 'resting', 'WEIGHTS', 0)
end
local busy = redis.call('HKEYS', base .. 'busy')
table.sort(busy)
for _, group in ipairs(busy) do
  place_group(base, group)
end
wake(base, channel, queue)
return 1
