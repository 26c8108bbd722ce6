-- What a queue has that time changes.
--#include wake
--#include due
--#include clock

-- Of a job that was scheduled. If it comes before the one that was first, the queue is due then; and workers hear of it, if
-- that is sooner than the slowest poll, which tells of all others.
local function tell_of_scheduled(base, channel, queue, due, first_known, now)
  if due < first_known then
    claim_due_at(base, due)
    if due - now < 60000 then
      tell(channel, queue)
    end
  end
end

-- The queue has something timed from now on: a look, so that a step of the clock is seen where only jobs wait for their time.
local function start_clock(meta, now)
  keep_clock(meta, look_at_clock(meta, redis.call('HGET', meta, 'clock'), now), true)
end
