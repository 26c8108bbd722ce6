-- When a queue needs somebody to look at it. Each bucket has one sorted set, next: what is to be done, by the earliest time
-- (ms); 0 means now, whatever the clock does. Three kinds of members:
--   <queue>         a claim: a job may start, becomes due, or its lease ends
--   <queue> news    flows are owed news of jobs
--   <queue> prune   ended jobs are to be deleted, or the queue is to be forgotten
-- Invariant: whatever has to be done for a queue, its entry is not later than that. An entry that is too early costs a look;
-- only who looked and found nothing makes it later.
--#include keys
local NEWS_AFTER_MS = 2000
-- While jobs run, somebody looks at the time by which leases end this often at least, or it would stand still: see clock.lua.
local LOOK_AGAIN_MS = 10000

-- Makes an entry that is there earlier, never later.
local function due_at(base, kind, time)
  local bucket, queue = bucket_of(base)
  local known = redis.call('ZSCORE', bucket .. 'next', queue .. kind)
  if not known or time < tonumber(known) then
    redis.call('ZADD', bucket .. 'next', string.format('%.0f', time), queue .. kind)
  end
end

-- The same for a claim at a time: of scheduled jobs, of leases.
local function claim_due_at(base, time)
  due_at(base, '', time)
end

-- A claim came away with nothing: the next one is due at this time, or never if it is infinite.
local function claim_not_before(base, time)
  local bucket, queue = bucket_of(base)
  if time < math.huge then
    redis.call('ZADD', bucket .. 'next', string.format('%.0f', time), queue)
  else
    redis.call('ZREM', bucket .. 'next', queue)
  end
end

-- Flows are owed news of the queue's jobs from now on.
local function news_due(base, now)
  due_at(base, ' news', now + NEWS_AFTER_MS)
end

local function no_news(base)
  local bucket, queue = bucket_of(base)
  redis.call('ZREM', bucket .. 'next', queue .. ' news')
end
