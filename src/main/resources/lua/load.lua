-- Measures the work of a queue, so that the number of workers it needs can be told.
-- KEYS     meta, ready, scheduled, running, succeeded, dead
-- ARGV     job key prefix, how far to look back in ms, most jobs of each set to look at, handlers whose jobs are counted, a space
--          before and after each
-- Changes  nothing
-- Returns  {1 if paused, due jobs that wait, running jobs, jobs ended per 1000 s, jobs that ended within the stretch
--          looked at, ms they ran in all, ms that all workers were busy within the stretch}. Where jobs of other handlers run or
--          end as well, their share is that of those looked at
-- Repeat   safe: it reads
--#include fields
--#include spec
--#include time
--#include keys
--#include waiting
local meta, ready, scheduled, running, ended = KEYS[1], KEYS[2], KEYS[3], KEYS[4], { KEYS[5], KEYS[6] }
local prefix, back_ms, most, handlers = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local now = now_ms()

local counts = serving(handlers)

-- When it was started, or nil if it is not counted.
local function started_at(id)
  local job = redis.pcall('HMGET', prefix .. id, STARTED_AT, SPEC)
  local handler = not job.err and handler_of(job[2] or '')
  return (not handler or counts(handler)) and tonumber(job[1] or now) or nil
end

local runs = redis.call('ZCARD', running)
local limits = redis.call('HMGET', meta, 'paused', 'concurrency', 'group_concurrency', 'apart', 'route')
local base = base_of(prefix)
local waiting = redis.call('ZCOUNT', scheduled, '-inf', now)
  + (counts(limits[5] or UNREADABLE) and redis.call('ZCARD', ready) or 0)
-- More workers do nothing for jobs that limits hold.
if limits[4] then
  local ours, all = jobs_in_lines(base, counts)
  local groups = startable_groups(base, counts)
  waiting = waiting + ours
    + (groups > 0 and math.min(redis.call('ZCARD', base .. 'apart') - all, groups * tonumber(limits[3] or math.huge)) or 0)
end
if limits[2] then
  waiting = math.min(waiting, math.max(0, limits[2] - runs))
end

-- Where retention keeps less than the time looked back on, the rate is of the time it keeps.
local rate, since, latest = 0, now - back_ms, { {}, {} }
for i, set in ipairs(ended) do
  local oldest = tonumber(redis.call('ZRANGE', set, 0, 0, 'WITHSCORES')[2] or now)
  local span = math.max(1000, math.min(back_ms, now - oldest))
  -- Not those that ended before Redis's clock stepped back.
  rate = rate + redis.call('ZCOUNT', set, now - back_ms, now) * 1000000 / span
  if waiting + runs > 0 then
    local ahead = redis.call('ZCOUNT', set, string.format('(%.0f', now), '+inf')
    latest[i] = redis.call('ZREVRANGE', set, ahead, ahead + most - 1, 'WITHSCORES')
    -- Before the earliest of a full sample there may be ends that it does not have.
    since = #latest[i] == 2 * most and math.max(since, tonumber(latest[i][2 * most])) or since
  end
end

local ends, ran, busy, others = 0, 0, 0, 0
for _, sample in ipairs(latest) do
  for i = 1, #sample, 2 do
    local finish = tonumber(sample[i + 1])
    local started = finish >= since and started_at(sample[i])
    if started then
      local start = math.min(finish, started)
      ends, ran, busy = ends + 1, ran + finish - start, busy + finish - math.max(start, since)
    elseif finish >= since then
      others = others + 1
    end
  end
end
rate = others > 0 and rate * ends / (ends + others) or rate
-- Every so many of the running ones: they lie in the order of their leases, so neighbours were claimed together.
local looked_at, counted = math.min(runs, most), 0
for i = 0, looked_at - 1 do
  local id = redis.call('ZRANGE', running, math.floor(i * runs / looked_at), math.floor(i * runs / looked_at))[1]
  local started = started_at(id)
  if started then
    counted = counted + 1
    busy = busy + (now - math.max(since, math.min(now, started))) * runs / looked_at
  end
end
return { limits[1] == '1' and 1 or 0, waiting, math.floor(runs * counted / math.max(1, looked_at) + 0.5), math.floor(rate), ends,
  ran, math.floor(busy) }
