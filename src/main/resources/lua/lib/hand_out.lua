-- Leases single jobs to a claimant: what a claim does with each job that it takes out of a line. claim: base, prefix,
-- payload_prefix, corrupt_prefix, dead, now, token, most_bytes; and now as text, made
-- once and not for each job, for Redis would format every number anew.
--#include fields
--#include answer
--#include too_late
--#include read_ahead
--#include new_fields
--#include job_field
--#include died

-- Jobs that were not to run, and groups of which none was, so far.
local passed = 0

-- What is rare defines what it takes when it comes to that.
local function unreadable(claim, id, reason)
  --#include set_aside
  died(claim, id, nil, 0, 'unreadable')
  set_aside(claim.prefix, claim.corrupt_prefix, claim.dead, id, claim.now, reason)
end

local function end_as_too_late(claim, id, job, attempt, kind, message)
  --#include errors
  --#include job_ended
  --#include groups
  died(claim, id, job[JOB_FIELD.spec], attempt, kind)
  redis.call('HSET', claim.prefix .. id, 'state', 'dead', FINISHED_AT, claim.now_text,
    'errors', with_error(job[JOB_FIELD.errors], attempt, claim.now, kind, message))
  redis.call('ZADD', claim.dead, claim.now, id)
  claim.deaths_asked = claim.deaths_asked or {}
  job_ended(claim.prefix, id, 'dead', claim.now, claim.deaths_asked)
  free_slot(claim.prefix, id)
end

-- Adds what of a waiting job a claim does not read at first.
local function read_more(job, key)
  local more = redis.call('HMGET', key, ATTEMPT, 'errors', 'reruns', 'snoozes')
  job[JOB_FIELD.attempt], job[JOB_FIELD.errors] = more[1], more[2]
  job[JOB_FIELD.reruns], job[JOB_FIELD.snoozes] = more[3], more[4]
end

-- Payload and fields of the job at i of those taken, as they are from now on: those before STATE, or if this is its first attempt one text, as
-- a longer answer takes longer: when it was enqueued, a space, and what it was asked to be; nil if it is not to run now, or would make the
-- answer too large.
local function lease(claim, popped, i)
  local id = popped[i]
  local key = claim.prefix .. id
  local job = redis.pcall('HMGET', key, unpack(NEW_FIELDS))
  local spec, run_at, claims = job[JOB_FIELD.spec], job[JOB_FIELD.run_at], job[JOB_FIELD.claims]
  -- One that nobody has claimed or put anywhere has no attempts and no errors.
  local is_new = not (run_at or claims)
  if spec and not is_new then
    read_more(job, key)
  end
  local attempt = is_new and 0 or tonumber(job[JOB_FIELD.attempt] or 0)
  if not attempt or not spec then
    unreadable(claim, id, 'the job could not be read when it was claimed')
    return nil
  end
  local kind, message = too_late(spec, attempt, job[JOB_FIELD.enqueued_at], run_at, claim.now)
  if kind then
    end_as_too_late(claim, id, job, attempt, kind, message)
    return nil
  end
  local payload = payload_of_taken(claim, popped, i)
  if not payload then
    unreadable(claim, id, 'the payload could not be read when the job was claimed')
    return nil
  end
  local errors = not is_new and job[JOB_FIELD.errors] or ''
  if not fits(#payload + #spec + #errors, claim.most_bytes) then
    return nil
  end
  local next_attempt, next_claim = '1', '1'
  if not is_new then
    next_attempt, next_claim = string.format('%d', attempt + 1), string.format('%d', (tonumber(claims or '') or 0) + 1)
    job[JOB_FIELD.attempt] = next_attempt
  end
  redis.call('HSET', key, 'state', 'running', ATTEMPT, next_attempt, STARTED_AT, claim.now_text, TOKEN, claim.token,
    CLAIMS, next_claim)
  job[JOB_FIELD.claims] = next_claim
  return payload, is_new and (job[JOB_FIELD.enqueued_at] or '') .. ' ' .. spec or job
end

-- Whether the job at i of those taken was leased.
local function hand_out(claim, popped, i)
  local payload, job = lease(claim, popped, i)
  if payload then
    add_to_answer(popped[i], payload, job)
    return true
  end
  passed = passed + (full and 0 or 1)
  return false
end
