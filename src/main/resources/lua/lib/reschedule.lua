-- Another place for a job that waits. q: base, prefix, corrupt_prefix, meta, ready, scheduled, dead.
--#include fields
--#include spec
--#include order
--#include line_up
--#include promote
--#include timed

-- A ready job stays in its line, where it may be nearer to the front or further from it: what may start stays the same.
local function move_in_line(q, id, spec, priority, seq)
  local score = ready_score(priority, seq)
  if redis.call('ZSCORE', q.ready, id) then
    redis.call('ZADD', q.ready, score, id)
    return
  end
  local _, group = group_of(spec)
  local route = route_of(spec) or UNREADABLE
  stand_apart(q.base, group, route, { score, id })
end

-- A ready job waits until a time. One that keeps the order of its group goes back to its old place then if it was begun, and the others
-- wait for it if it has its slot.
local function postpone(q, id, spec)
  local key = q.prefix .. id
  local ordered = group_of(spec) == '='
  leave_lines(q.prefix, id)
  if not ordered then
    free_slot(q.prefix, id)
  end
  if redis.call('HEXISTS', key, STARTED_AT) == 0 then
    redis.call('HDEL', key, SEQ)
  end
  redis.call('HSET', key, 'state', 'scheduled')
end

-- wait: in ms, or nil if the job was given a time.
local function wait_until(q, id, run_at, wait, now)
  local key = q.prefix .. id
  start_clock(q.meta, now)
  redis.call('HSET', key, RUN_AT, run_at)
  if wait then
    redis.call('HSET', key, 'wait', wait)
  else
    redis.call('HDEL', key, 'wait')
  end
  redis.call('ZADD', q.scheduled, run_at, id)
end

local function be_due(q, id, now)
  promote(q, id, now)
  redis.call('HSET', q.prefix .. id, RUN_AT, now)
end
