-- Order of a line: priority first (9 before 0), then arrival. One score holds both: arrivals count up to 2^49, and
-- sixteen tiers of 2^49 stay within 2^53, the largest integer a score keeps exactly.
local TIER = 562949953421312

local function ready_score(priority, seq)
  return (9 - priority) * TIER + seq
end

-- Of a job's spec: priority and most attempts; then, if it has a group, '~' or '=' (it keeps its group's order), and the
-- group. Nil if it has none that can be read.
local function priority_and_attempts(spec)
  local priority, attempts = string.match(spec or '', '^(%d) (%d+) ')
  if priority then
    return tonumber(priority), tonumber(attempts)
  end
  local mark, group
  priority, mark, group, attempts = string.match(spec or '', '^(%d)([~=])(%S+) (%d+) ')
  return tonumber(priority), tonumber(attempts), mark, group
end

local function handler_of(spec)
  return string.match(spec, '^%S+ %S+ %S+ %S+ ([^ @^]+)')
end

-- The earliest time in a set of ids by time; far away if it is empty.
local function first_at(set)
  return tonumber(redis.call('ZRANGE', set, 0, 0, 'WITHSCORES')[2] or math.huge)
end

-- Whether workers should hear of a scheduled job: it comes before the one they know of, and sooner than the slowest
-- poll, which tells of all others.
local function worth_telling(due, first_known, now)
  return due < first_known and due - now < 60000
end

-- The queue has something timed from now on: see clock.lua.
local function start_clock(meta, now)
  redis.call('HSETNX', meta, 'clock', string.format('%.0f 0 0', now))
end

-- Tells waiting workers that the queue has due work. A hint may be lost, so a refusal (ACL) must not undo the script.
local function wake(channel, queue)
  redis.pcall('PUBLISH', channel, queue)
end
