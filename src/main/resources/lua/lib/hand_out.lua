-- Leases single jobs to a claimant: what a claim does with each job that it takes out of a line. claim: base, prefix,
-- payload_prefix, corrupt_prefix, meta, dead, now, token, most_bytes, paused_handlers; and now as text, made
-- once and not for each job, for Redis would format every number anew.
--#include fields
--#include spec
--#include answer
--#include too_late
--#include ready_fields
--#include job_field

-- Jobs that were not to run, and groups of which none was, so far.
local passed = 0

-- What is rare defines what it takes when it comes to that.
local function unreadable(claim, id, reason)
  --#include set_aside
  set_aside(claim.prefix, claim.corrupt_prefix, claim.dead, id, claim.now, reason)
end

local function end_as_too_late(claim, id, job, attempt, kind, message)
  --#include errors
  --#include ended
  --#include flow
  --#include groups
  redis.call('HSET', claim.prefix .. id, 'state', 'dead', FINISHED_AT, claim.now_text,
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
    --#include slots
    take_slot(claim.base, id, group)
  end
  return true
end

-- One command that reads the payloads of several jobs costs less than one for each. Not of all that were taken, for only some of them
-- may have room in the answer.
local READ_AHEAD = 32
-- Payloads; of which of the jobs taken, from which on.
local ahead, ahead_of, ahead_from = {}, nil, 0

-- Of the job at i of those taken from a line (see take.lua); false if there is none that can be read.
local function payload_of_taken(claim, popped, i)
  local payload = ahead[(i - ahead_from) / 2 + 1]
  if ahead_of ~= popped or payload == nil then
    local keys = {}
    for j = i, math.min(i + 2 * READ_AHEAD - 2, #popped), 2 do
      keys[#keys + 1] = claim.payload_prefix .. popped[j]
    end
    ahead, ahead_of, ahead_from = redis.call('MGET', unpack(keys)), popped, i
    payload = ahead[1]
  end
  return payload
end

-- Payload and READY_FIELDS of the job at i of those taken, as they are from now on; nil if it is not to run now, or would make the
-- answer too large.
local function lease(claim, popped, i)
  local now, id = claim.now, popped[i]
  local key = claim.prefix .. id
  local job = redis.pcall('HMGET', key, unpack(READY_FIELDS))
  local attempt = not job.err and tonumber(job[JOB_FIELD.attempt] or 0)
  local spec = job[JOB_FIELD.spec]
  if not attempt or not spec then
    unreadable(claim, id, 'the job could not be read when it was claimed')
    return nil
  end
  local kind, message = too_late(spec, attempt, job[JOB_FIELD.enqueued_at], job[JOB_FIELD.run_at], now)
  if kind then
    end_as_too_late(claim, id, job, attempt, kind, message)
    return nil
  end
  if claim.paused_handlers and parked(claim, id, popped[i + 1], spec) then
    return nil
  end
  local payload = payload_of_taken(claim, popped, i)
  if not payload then
    unreadable(claim, id, 'the payload could not be read when the job was claimed')
    return nil
  end
  if not fits(size_of(payload, spec, job[JOB_FIELD.errors]), claim.most_bytes) then
    return nil
  end
  -- To make a number text takes time: most often both are '1', or the same.
  local next_attempt = attempt == 0 and '1' or string.format('%d', attempt + 1)
  local claims = job[JOB_FIELD.claims] == job[JOB_FIELD.attempt] and next_attempt
    or string.format('%d', (tonumber(job[JOB_FIELD.claims] or '') or 0) + 1)
  job[JOB_FIELD.attempt], job[JOB_FIELD.claims] = next_attempt, claims
  redis.call('HSET', key, 'state', 'running', ATTEMPT, next_attempt, STARTED_AT, claim.now_text, TOKEN, claim.token,
    CLAIMS, claims)
  return payload, job
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
