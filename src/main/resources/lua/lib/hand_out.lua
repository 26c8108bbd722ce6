-- Leases single jobs to a claimant: what a claim does with each job that it takes out of a line. claim: base, prefix,
-- payload_prefix, corrupt_prefix, meta, dead, now, token, most_bytes, paused_handlers; and now, length and end of the lease as text, made once and
-- not for each job, for Redis would format every number anew.
--#include spec
--#include groups
--#include answer
--#include errors
--#include ended
--#include flow
--#include set_aside
--#include too_late
--#include ready_fields
--#include job_field

-- Jobs that were not to run, and groups of which none was, so far.
local passed = 0

local function end_as_too_late(claim, id, job, attempt, kind, message)
  redis.call('HSET', claim.prefix .. id, 'state', 'dead', 'finished_at', claim.now_text,
    'errors', with_error(job[JOB_FIELD.errors], attempt, claim.now, kind, message))
  redis.call('ZADD', claim.dead, claim.now, id)
  one_ended(claim.base, claim.now)
  owe_flow(claim.prefix, id, claim.now)
  free_slot(claim.prefix, id)
end

-- Whether the job was put aside because its handler is paused.
local function parked(claim, id, score, spec)
  local handler = handler_of(spec)
  if not handler or not string.find(claim.paused_handlers, ' ' .. handler .. ' ', 1, true) then
    return false
  end
  redis.call('ZADD', claim.base .. 'apart', score, id)
  redis.call('ZADD', claim.base .. 'parked:' .. handler, score, id)
  redis.call('HSET', claim.meta, 'apart', 1)
  local mark, group = group_of(spec)
  -- The others of its group wait for it.
  if mark == '=' then
    take_slot(claim.base, id, group)
  end
  return true
end

-- The job's payload and fields; nil if it is not to run now, or would make the answer too large.
local function lease(claim, id, score)
  local prefix, now = claim.prefix, claim.now
  local key = prefix .. id
  local job = redis.pcall('HMGET', key, unpack(READY_FIELDS))
  local attempt = not job.err and tonumber(job[JOB_FIELD.attempt] or 0)
  local spec = job[JOB_FIELD.spec]
  if not attempt or not spec then
    set_aside(prefix, claim.corrupt_prefix, claim.dead, id, now, 'the job could not be read when it was claimed')
    return nil
  end
  local kind, message = too_late(spec, attempt, job[JOB_FIELD.enqueued_at], job[JOB_FIELD.run_at], now)
  if kind then
    end_as_too_late(claim, id, job, attempt, kind, message)
    return nil
  end
  if claim.paused_handlers and parked(claim, id, score, spec) then
    return nil
  end
  local payload = redis.pcall('GET', claim.payload_prefix .. id)
  if type(payload) ~= 'string' then
    set_aside(prefix, claim.corrupt_prefix, claim.dead, id, now, 'the payload could not be read when the job was claimed')
    return nil
  end
  if not fits(size_of(payload, spec, job[JOB_FIELD.errors]), claim.most_bytes) then
    return nil
  end
  local next_attempt = tostring(attempt + 1)
  -- Most often it is the same number, and to make it text takes time.
  local claims = job[JOB_FIELD.claims] == job[JOB_FIELD.attempt] and next_attempt
    or tostring((tonumber(job[JOB_FIELD.claims] or '') or 0) + 1)
  job[JOB_FIELD.state], job[JOB_FIELD.attempt], job[JOB_FIELD.started_at] = 'running', next_attempt, claim.now_text
  job[JOB_FIELD.claims] = claims
  redis.call('HSET', key, 'state', 'running', 'attempt', next_attempt, 'started_at', claim.now_text, 'token', claim.token,
    'claims', claims, 'lease', claim.lease_text)
  return payload, job
end

-- Whether the job was leased.
local function hand_out(claim, id, score)
  local payload, job = lease(claim, id, score)
  if payload then
    add_to_answer(id, payload, job, claim.expiry_text)
    return true
  end
  passed = passed + (full and 0 or 1)
  return false
end
