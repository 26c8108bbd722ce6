-- Has a job of a mirrored queue wait for a worker here: a copy that starts, or one that the other store has and this one, the owner, lacks. The job's hash is
-- there, and in no set.
--#include fields
--#include line_up
--#include timed

-- q: prefix, meta, ready, scheduled, now.
local function go_live(q, id)
  local key = q.prefix .. id
  local job = redis.call('HMGET', key, SPEC, RUN_AT, ENQUEUED_AT)
  local due = tonumber(job[2] or job[3] or '') or 0
  if due > q.now then
    start_clock(q.meta, q.now)
    redis.call('HSET', key, 'state', 'scheduled', RUN_AT, string.format('%.0f', due))
    redis.call('ZADD', q.scheduled, due, id)
    return
  end
  local seq = redis.call('HINCRBY', q.meta, 'seq', 1)
  redis.call('HSET', key, 'state', 'ready', SEQ, seq)
  line_up(q, id, job[1], seq)
end

-- It waits as a copy.
local function hold_copy(q, id)
  local key = q.prefix .. id
  local job = redis.call('HMGET', key, RUN_AT, ENQUEUED_AT)
  redis.call('HSET', key, 'state', 'scheduled')
  redis.call('ZADD', q.held, tonumber(job[1] or job[2] or '') or 0, id)
end
