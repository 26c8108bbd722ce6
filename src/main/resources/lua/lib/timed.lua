-- What a queue has that time changes.

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
