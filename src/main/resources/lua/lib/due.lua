-- When a queue needs somebody to look at it. Each bucket has one sorted set, next: what is to be done, by the earliest time
-- (ms); 0 means now, whatever the clock does. Four kinds of members:
--   <queue>         a claim by anybody: a job becomes due, its lease ends, a limit allows more
--   <queue> @<h>    a claim by somebody who serves that handler: a job of it may start
--   <queue> news    flows are owed news of jobs
--   <queue> prune   ended jobs are to be deleted, or the queue is to be forgotten
-- Invariant: whatever has to be done for a queue, its entry is not later than that. An entry that is too early costs a look;
-- only who looked and found nothing makes it later.
--#include keys
local NEWS_AFTER_MS = 2000

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

-- Flows are owed news of the queue's jobs from now on.
local function news_due(base, now)
  due_at(base, ' news', now + NEWS_AFTER_MS)
end

local function no_news(base)
  local bucket, queue = bucket_of(base)
  redis.call('ZREM', bucket .. 'next', queue .. ' news')
end
