-- Counts a queue.
-- KEYS     meta, then the sets of all states: ready, scheduled, running, succeeded, dead, cancelled
-- ARGV     job key prefix
-- Changes  nothing
-- Returns  {1 if paused, ms the longest waiting due job has been due or -1, limit of waiting jobs or -1, then the size of each set in order}
--#include time
local meta, ready, scheduled = KEYS[1], KEYS[2], KEYS[3]
local prefix = ARGV[1]
local now = now_ms()
local oldest = now + 1

-- The first in line of each priority has waited longest there, so ten looks find the oldest of all.
local TIER = 562949953421312
for tier = 0, 9 do
  local first = redis.call('ZRANGEBYSCORE', ready, tier * TIER, '(' .. string.format('%.0f', (tier + 1) * TIER),
    'LIMIT', 0, 1)[1]
  local times = first and redis.pcall('HMGET', prefix .. first, 'run_at', 'enqueued_at')
  if times and not times.err then
    oldest = math.min(oldest, tonumber(times[1] or times[2] or '') or oldest)
  end
end
local overdue = redis.call('ZRANGEBYSCORE', scheduled, '-inf', now, 'WITHSCORES', 'LIMIT', 0, 1)[2]
if overdue then
  oldest = math.min(oldest, tonumber(overdue))
end

local reply = { redis.call('HGET', meta, 'paused') == '1' and 1 or 0, oldest <= now and now - oldest or -1,
  tonumber(redis.call('HGET', meta, 'max_waiting') or -1) }
for i = 2, #KEYS do
  reply[#reply + 1] = redis.call('ZCARD', KEYS[i])
end
return reply
