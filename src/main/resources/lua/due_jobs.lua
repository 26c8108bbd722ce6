-- Tells due jobs that workers with some handlers would take from those of other handlers.
-- KEYS     meta, ready, scheduled, apart
-- ARGV     job key prefix, the handlers, a space before and after each
-- Changes  nothing
-- Returns  {1 if the queue is paused, 1 if a job of theirs may start now or one is due that nobody has moved yet, ms the longest waiting of
--          theirs has been due or -1, how many jobs of others are ready, ms the longest waiting of these has been due or -1}
-- Repeat   safe: it reads
--#include fields
--#include time
--#include keys
--#include order
--#include spec
--#include waiting
--#include startable
local meta, ready, scheduled, apart = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prefix, handlers = ARGV[1], ARGV[2]
-- Of more lines those with the best jobs.
local MOST_LINES = 100
local now, base, counts = now_ms(), base_of(prefix), serving(handlers)
local state = redis.call('HMGET', meta, 'paused', 'paused_handlers', 'route')
local oldest, jobs = {}, { theirs = 0, others = 0 }

-- Which of the two a handler or route is; those that cannot be read are taken by anybody.
local function side(route)
  return (route == UNREADABLE or counts(route)) and 'theirs' or 'others'
end

-- The first in line of each priority has waited longest there.
local function look(line, side_of)
  for tier = 0, 10 do
    local id = redis.call('ZRANGEBYSCORE', line, string.format('%.0f', tier * TIER),
      '(' .. string.format('%.0f', (tier + 1) * TIER), 'LIMIT', 0, 1)[1]
    local job = id and redis.pcall('HMGET', prefix .. id, RUN_AT, ENQUEUED_AT, SPEC)
    local at = job and not job.err and tonumber(job[1] or job[2] or '')
    local whose = at and side_of(job[3] or '')
    if whose then
      oldest[whose] = math.min(oldest[whose] or at, at, now)
    end
  end
end

local function count(line, route)
  local whose = side(route)
  local number = redis.call('ZCARD', line)
  if number > 0 then
    jobs[whose] = jobs[whose] + number
    look(line, function() return whose end)
  end
  return number
end

local in_lines = 0
count(ready, state[3] or UNREADABLE)
for _, route in ipairs(redis.call('ZRANGE', routes_of(base), 0, MOST_LINES - 1)) do
  local lines = string.find(route, '>', 1, true)
    and redis.call('ZRANGE', targets_of(base, nil, route), 0, MOST_LINES - 1) or { route }
  for _, line in ipairs(lines) do
    in_lines = in_lines + count(line_of(base, nil, line), line)
  end
end

-- The rest is in groups: for whom is told by those that have the turn, or by the first of each priority.
local in_groups = redis.call('ZCARD', apart) - in_lines
if in_groups > 0 then
  local rings = redis.call('ZRANGE', base .. 'rings', 0, -1)
  local whose = #rings > 0 and 'others' or 'theirs'
  for _, handler in ipairs(rings) do
    whose = side(handler) == 'theirs' and 'theirs' or whose
  end
  jobs[whose] = jobs[whose] + in_groups
  look(apart, function(spec) return group_of(spec) and side(handler_of(spec) or UNREADABLE) end)
end

local overdue = redis.call('ZRANGEBYSCORE', scheduled, '-inf', now, 'WITHSCORES', 'LIMIT', 0, 1)[2]
local may_start = overdue and 1 or 0
if overdue then
  oldest.theirs = math.min(oldest.theirs or now, tonumber(overdue))
end
for handler in pairs(startable_now(base)) do
  if side(handler) == 'theirs' and not string.find(state[2] or '', ' ' .. handler .. ' ', 1, true) then
    may_start = 1
  end
end
return { state[1] == '1' and 1 or 0, may_start, oldest.theirs and now - oldest.theirs or -1, jobs.others,
  oldest.others and now - oldest.others or -1 }
