-- Ends a job that has not ended. A running one loses its lease; its worker, which looks at this count now and then,
-- takes that as a reason to have its leases extended, and is told which are lost. q: meta, ready, scheduled, running, cancelled,
-- blocked (or any set that has the job).
--#include fields
--#include prefix
--#include line_up
--#include job_ended
local function end_as_cancelled(q, key, id, state, now)
  local prefix = prefix_of(key, id)
  leave_line(prefix, id)
  redis.call('ZREM', q.scheduled, id)
  redis.call('ZREM', q.running, id)
  redis.call('ZREM', q.blocked, id)
  redis.call('HDEL', key, TOKEN)
  redis.call('HSET', key, 'state', 'cancelled', FINISHED_AT, now)
  redis.call('ZADD', q.cancelled, now, id)
  job_ended(prefix, id, 'cancelled', now)
  if state == 'running' then
    redis.call('HINCRBY', q.meta, 'revoked', 1)
  end
end

-- Tells workers at once which of their jobs were cancelled, ids with a space between them. Only a hint: whoever misses
-- it has the count.
local function tell_cancelled(channel, queue, ids)
  redis.pcall('PUBLISH', channel, queue .. ' ' .. ids)
end
