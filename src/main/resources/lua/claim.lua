-- Sweeps a queue (bounded), then leases due jobs to one claimant.
-- KEYS     meta, ready, scheduled, running, dead, receipt of this claimant
-- ARGV     job key prefix, corrupt key prefix, wake-up channel, queue name, lease token, most jobs to lease,
--          lease in ms, most jobs to sweep of each kind
-- Changes  atomically: expired leases back to ready (dead if attempts are spent), due scheduled jobs to ready,
--          up to the asked number of jobs from ready to running under the token, or to dead if it is too late for them
-- Returns  {1 if due jobs are left, ms until the next scheduled job is due or the next lease ends, or -1, then for each job {id, JOB_FIELDS}}; fields
--          at the end that no leased job has are left out
-- Repeat   safe: the receipt names the jobs of this claimant's latest claim; the same token again gets those of them
--          that are still under that token, and leases no others
--#include time
--#include ready
--#include private
--#include errors
--#include flow
--#include set_aside
--#include sweep
--#include too_late
--#include when_full
local q = { meta = KEYS[1], ready = KEYS[2], scheduled = KEYS[3], running = KEYS[4], dead = KEYS[5],
  prefix = ARGV[1], corrupt_prefix = ARGV[2] }
local receipt = KEYS[6]
local channel, queue, token = ARGV[3], ARGV[4], ARGV[5]
local max, lease_ms, sweep_max = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
go_on_when_full(q.running)
local now = now_ms()
-- As text once, not once for each job: Redis would format every number anew.
local now_text, expiry_text = string.format('%.0f', now), string.format('%.0f', now + lease_ms)

local function lease(id)
  local key = q.prefix .. id
  local job = redis.pcall('HMGET', key, unpack(READY_FIELDS))
  local attempt = not job.err and tonumber(job[JOB_FIELD.attempt] or 0)
  if not attempt or not job[JOB_FIELD.spec] then
    set_aside(q.prefix, q.corrupt_prefix, q.dead, id, now, 'the job could not be read when it was claimed')
    return nil
  end
  local limits = string.match(job[JOB_FIELD.spec], '^%S+ %d+ %d+([/!]%S+) ')
  local late, why
  if limits then
    late, why = too_late(limits, attempt, job[JOB_FIELD.enqueued_at], job[JOB_FIELD.run_at], now)
  end
  if late then
    redis.call('HSET', key, 'state', 'dead', 'finished_at', now_text, 'errors', with_error(job[JOB_FIELD.errors], attempt, now, late, why))
    redis.call('ZADD', q.dead, now, id)
    owe_flow(q.prefix, id, now)
    return nil
  end
  local next_attempt = tostring(attempt + 1)
  job[JOB_FIELD.state], job[JOB_FIELD.attempt], job[JOB_FIELD.started_at] = 'running', next_attempt, now_text
  redis.call('HSET', key, 'state', 'running', 'attempt', next_attempt, 'started_at', now_text, 'token', token)
  return job
end

-- Looks past jobs that may not be run, so that a backlog of these does not hold up what is behind it: so many as are
-- swept of a kind, and those it took with the last of them.
local function lease_up_to(limit)
  local jobs, expiries, ids = {}, {}, {}
  local passed, passed_before = 0, nil
  repeat
    passed_before = passed
    local popped = redis.call('ZPOPMIN', q.ready, limit - #jobs)
    for i = 1, #popped, 2 do
      local job = lease(popped[i])
      if job then
        jobs[#jobs + 1] = { popped[i], job }
        expiries[#expiries + 1] = expiry_text
        expiries[#expiries + 1] = popped[i]
        ids[#ids + 1] = popped[i]
      else
        passed = passed + 1
      end
    end
  until passed == passed_before or #jobs == limit or passed >= sweep_max
  if #ids > 0 then
    redis.call('ZADD', q.running, unpack(expiries))
    redis.call('SET', receipt, token .. ' ' .. table.concat(ids, ' '), 'PX', lease_ms)
  end
  return jobs
end

local function still_leased(ids)
  local jobs = {}
  for id in string.gmatch(ids, '%S+') do
    local job = redis.pcall('HMGET', q.prefix .. id, 'state', 'token')
    if job[1] == 'running' and job[2] == token then
      jobs[#jobs + 1] = { id, redis.call('HMGET', q.prefix .. id, unpack(JOB_FIELDS)) }
    end
  end
  return jobs
end

local ready_before = redis.call('ZCARD', q.ready)
sweep(q, now, sweep_max)

local jobs = {}
local latest = redis.call('GET', receipt)
local paused = redis.call('HGET', q.meta, 'paused') == '1'
if latest and string.sub(latest, 1, #token + 1) == token .. ' ' then
  jobs = still_leased(string.sub(latest, #token + 2))
elseif max > 0 and not paused then
  jobs = lease_up_to(max)
end

expire_if_private(q.prefix, KEYS)
-- Jobs that the sweep made ready and this claim left behind are news to everyone else.
local left = redis.call('ZCARD', q.ready)
if ready_before == 0 and left > 0 then
  wake(channel, queue)
end
local next_due = math.min(first_at(q.scheduled), first_at(q.running))
local more = left > 0 and not paused and 1 or 0
return { more, next_due < math.huge and math.max(next_due - now, 0) or -1, unpack(jobs) }
