-- Counts a queue: see figures.lua.
--#include order
--#include fields
-- Also the order in which they are counted.
local COUNTED = { 'ready', 'scheduled', 'running', 'succeeded', 'dead', 'cancelled', 'blocked' }

-- When the longest waiting of the ready jobs became due, or nil. The first in line of each priority has waited longest there, so ten
-- looks find the oldest of all. Those that keep the order of their group are a tier of their own.
local function oldest_ready(base, in_line, jobs_apart, now)
  local oldest
  for look = in_line > 0 and 0 or 11, jobs_apart > 0 and 21 or 9 do
    local tier = look % 11
    local first = redis.call('ZRANGEBYSCORE', base .. (look > 10 and 'apart' or 'ready'), string.format('%.0f', tier * TIER),
      '(' .. string.format('%.0f', (tier + 1) * TIER), 'LIMIT', 0, 1)[1]
    local times = first and redis.pcall('HMGET', base .. 'job:' .. first, RUN_AT, ENQUEUED_AT)
    local at = times and not times.err and tonumber(times[1] or times[2] or '')
    if at then
      -- Due, but from the future: Redis's clock has stepped back since.
      oldest = math.min(oldest or at, at, now)
    end
  end
  return oldest
end

local function figures_of(base, now)
  local counts = {}
  for i, state in ipairs(COUNTED) do
    counts[i] = redis.call('ZCARD', base .. state)
  end
  local jobs_apart = redis.call('ZCARD', base .. 'apart')
  local oldest = counts[1] + jobs_apart > 0 and oldest_ready(base, counts[1], jobs_apart, now) or now + 1
  local overdue = counts[2] > 0
    and redis.call('ZRANGEBYSCORE', base .. 'scheduled', '-inf', now, 'WITHSCORES', 'LIMIT', 0, 1)[2]
  if overdue then
    oldest = math.min(oldest, tonumber(overdue))
  end
  counts[1] = counts[1] + jobs_apart
  local meta = redis.call('HMGET', base .. 'meta', 'paused', 'max_waiting', 'concurrency', 'rate', 'group_concurrency',
    'group_rate', 'paused_handlers', 'forgotten', 'paused_at')
  -- From the future: Redis's clock has stepped back since.
  local paused_at = tonumber(table.remove(meta) or '') or now
  local paused = table.remove(meta, 1) == '1'
  meta[#meta + 1] = redis.call('ZCARD', base .. 'remembered')
  return { paused and math.max(0, now - paused_at) or -1, oldest <= now and now - oldest or -1, meta, unpack(counts) }
end
