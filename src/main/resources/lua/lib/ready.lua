-- Order of the ready set: priority first (9 before 0), then arrival. One score holds both: arrivals count up to 2^49,
-- and ten tiers of 2^49 stay below 2^53, the largest integer a score keeps exactly.
local function ready_score(priority, seq)
  return (9 - priority) * 562949953421312 + seq
end

-- Priority and most attempts of a job, the first two words of its spec; nil if it has none that can be read.
local function priority_and_attempts(spec)
  local priority, attempts = string.match(spec or '', '^(%d) (%d+) ')
  return tonumber(priority), tonumber(attempts)
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

-- Tells waiting workers that the queue has due work. A hint may be lost, so a refusal (ACL) must not undo the script.
local function wake(channel, queue)
  redis.pcall('PUBLISH', channel, queue)
end
