-- The two steps of the sweep. q: base, prefix, corrupt_prefix, meta, ready, scheduled, running, dead, mirror (meta's field).
--#include fields
--#include spec
--#include line_up
--#include errors
--#include job_ended
--#include set_aside
--#include promote
--#include went_back
--#include died

-- How often a job gets its attempt back because nobody is known to have received it.
local RETURNS = 3

-- A running job that nobody began: ready again in its old place. Its token is void from here.
local function give_attempt_back(q, id, spec, seq, ...)
  local key = q.prefix .. id
  redis.call('ZREM', q.running, id)
  free_slot(q.prefix, id)
  redis.call('HINCRBY', key, ATTEMPT, -1)
  redis.call('HDEL', key, TOKEN)
  redis.call('HSET', key, 'state', 'ready', ...)
  line_up(q, id, spec, seq)
  went_back(q, id)
end

-- A job that was pending and on which nobody reported until its time-out: due again after its backoff, or dead without one.
local function time_out(q, id, job, now, wait_ms, mark)
  local key = q.prefix .. id
  local errors = with_error(job[4], tonumber(job[1]), now, 'timeout', 'nobody reported on it until its time-out', job[5], job[6])
  redis.call('HDEL', key, TOKEN)
  -- One that keeps the order of its group keeps its slot: the others wait for it.
  if wait_ms < 0 or mark ~= '=' then
    free_slot(q.prefix, id)
  end
  if wait_ms < 0 then
    redis.call('HSET', key, 'state', 'dead', FINISHED_AT, now, 'errors', errors)
    redis.call('ZADD', q.dead, now, id)
    job_ended(q.prefix, id, 'dead', now)
    died(q, id, job[3], tonumber(job[1]), 'timeout')
  else
    redis.call('HSET', key, 'state', 'scheduled', RUN_AT, now + wait_ms, 'wait', wait_ms, 'errors', errors)
    redis.call('ZADD', q.scheduled, now + wait_ms, id)
    went_back(q, id)
  end
  return 0
end

-- A job whose lease ran out: ready in its old place, or dead when its attempts are spent. Its token is void from here. If its
-- worker is not known to have received it, it gets its attempt back, a few times. Returns how many were given back.
local function rescue(q, id, now)
  local key = q.prefix .. id
  redis.call('ZREM', q.running, id)
  local job = redis.pcall('HMGET', key, ATTEMPT, SEQ, SPEC, 'errors', STARTED_AT, TOKEN, CLAIMS, 'received', 'returned', 'pending')
  local attempt, seq = tonumber(job[1] or ''), tonumber(job[2] or '')
  local priority, attempts, mark = priority_and_attempts(job[3])
  if job.err or not (attempt and seq and priority) then
    free_slot(q.prefix, id)
    set_aside(q.prefix, q.corrupt_prefix, q.dead, id, now, 'the job could not be read when its lease ran out')
    died(q, id, nil, 0, 'unreadable')
    return 0
  end
  local returned = tonumber(job[9] or '') or 0
  if job[8] ~= job[7] and returned < RETURNS then
    give_attempt_back(q, id, job[3], seq, 'returned', returned + 1, 'errors', with_error(job[4], attempt, now, 'not-received',
      'its worker was not heard of since it was given the job; the attempt does not count', job[5], job[6]))
    return 1
  end
  local pending_of, wait_ms = string.match(job[10] or '', '^(%d+) (-?%d+)$')
  if pending_of and pending_of == job[7] then
    return time_out(q, id, job, now, attempt < attempts and tonumber(wait_ms) or -1, mark)
  end
  free_slot(q.prefix, id)
  local errors = with_error(job[4], attempt, now, 'lease-expired', 'the worker did not extend its lease in time', job[5], job[6])
  redis.call('HDEL', key, TOKEN)
  if attempt >= attempts then
    redis.call('HSET', key, 'state', 'dead', FINISHED_AT, now, 'errors', errors)
    redis.call('ZADD', q.dead, now, id)
    job_ended(q.prefix, id, 'dead', now)
    died(q, id, job[3], attempt, 'lease-expired')
  else
    redis.call('HSET', key, 'state', 'ready', 'errors', errors)
    line_up(q, id, job[3], seq)
    went_back(q, id)
  end
  return 0
end

-- orphans: jobs whose lease ran out; due: scheduled ones whose time has come. Returns how many attempts were given back.
local function sweep(q, orphans, due, now)
  local returned = 0
  for _, id in ipairs(orphans) do
    returned = returned + rescue(q, id, now)
  end
  for _, id in ipairs(due) do
    promote(q, id, now)
  end
  return returned
end
