-- Counts a queue.
-- KEYS     meta, then the sets of all states: ready, scheduled, running, succeeded, dead, cancelled
-- ARGV     job key prefix
-- Changes  nothing
-- Returns  {1 if paused, ms the longest waiting due job has been due or -1, {limit of waiting jobs, of running ones, rate,
--          limit of running ones of a group, rate of a group, paused handlers, ids forgotten
--          too soon}, each nil if there is none, then how many are in each
--          state, in order}
-- Repeat   safe: it reads
--#include fields
--#include time
--#include keys
--#include order
local meta, ready, scheduled = KEYS[1], KEYS[2], KEYS[3]
local prefix = ARGV[1]
local now = now_ms()
local oldest = now + 1

-- The first in line of each priority has waited longest there, so ten looks find the oldest of all. Those that keep the
-- order of their group are a tier of their own.
local apart = base_of(prefix) .. 'apart'
local jobs_apart = redis.call('ZCARD', apart)
for look = 0, jobs_apart > 0 and 21 or 9 do
  local tier = look % 11
  local first = redis.call('ZRANGEBYSCORE', look > 10 and apart or ready, string.format('%.0f', tier * TIER),
    '(' .. string.format('%.0f', (tier + 1) * TIER), 'LIMIT', 0, 1)[1]
  local times = first and redis.pcall('HMGET', prefix .. first, RUN_AT, ENQUEUED_AT)
  if times and not times.err then
    -- Due, but from the future: Redis's clock has stepped back since.
    oldest = math.min(oldest, math.min(now, tonumber(times[1] or times[2] or '') or oldest))
  end
end
local overdue = redis.call('ZRANGEBYSCORE', scheduled, '-inf', now, 'WITHSCORES', 'LIMIT', 0, 1)[2]
if overdue then
  oldest = math.min(oldest, tonumber(overdue))
end

local reply = { redis.call('HGET', meta, 'paused') == '1' and 1 or 0, oldest <= now and now - oldest or -1,
  redis.call('HMGET', meta, 'max_waiting', 'concurrency', 'rate', 'group_concurrency', 'group_rate', 'paused_handlers',
    'forgotten') }
for i = 2, #KEYS do
  local set = KEYS[i]
  reply[#reply + 1] = redis.call('ZCARD', set) + (set == ready and jobs_apart or 0)
end
return reply
