-- What ends attempts without their job being done: it is due again, or dead.
-- KEYS     running, scheduled, dead
-- ARGV     job key prefix, wake-up channel, queue name; then for each job: id, lease token, and what the script wants
--#include fields
--#include time
--#include timed
--#include first_at
--#include leaving
--#include job_ended
--#include keys
--#include went_back
local running, scheduled, dead = KEYS[1], KEYS[2], KEYS[3]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]
local now = now_ms()
local leaving = before_leaving(prefix, running)
local first_known, earliest, any = first_at(scheduled), math.huge, false

-- mark: of its group, see group_of. The rest: further fields of the job and their values.
local function due_again(id, settled, wait_ms, mark, ...)
  redis.call('HSET', prefix .. id, 'state', 'scheduled', RUN_AT, now + wait_ms, 'wait', wait_ms, 'settled', settled, ...)
  redis.call('ZADD', scheduled, now + wait_ms, id)
  -- The others of its group wait for one that keeps the order, so it keeps its slot.
  if mark ~= '=' then
    give_slot_back(leaving, id)
  end
  went_back(leaving, id)
  earliest = math.min(earliest, now + wait_ms)
  return 'scheduled'
end

local function die(id, settled, errors)
  redis.call('HSET', prefix .. id, 'state', 'dead', FINISHED_AT, now, 'settled', settled, 'errors', errors)
  redis.call('ZADD', dead, now, id)
  job_ended(prefix, id, 'dead', now)
  give_slot_back(leaving, id)
  return 'dead'
end

-- Ends those attempts whose token is their job's latest: act is given the id, the job {state, token, settled, attempt, spec,
-- errors, started_at, snoozes}, what this report leaves in `settled`, and the place of what the script wants in ARGV, each
-- report of so many words. kind_of: names what it reports, by the same place: another kind of report under the same token is refused.
-- Returns for each job its state, after an = if the report was applied before, or '' if it was refused.
local function end_attempts(kind_of, words, act)
  local replies = {}
  for i = 4, #ARGV, words do
    local id, token = ARGV[i], ARGV[i + 1]
    local job = redis.pcall('HMGET', prefix .. id, 'state', TOKEN, 'settled', ATTEMPT, SPEC, 'errors', STARTED_AT, 'snoozes')
    local settled, reply = kind_of(i + 2) .. ' ' .. token, ''
    if not job.err and job[2] == token then
      if job[1] == 'running' then
        any = true
        redis.call('ZREM', running, id)
        reply = act(id, job, settled, i + 2)
      elseif job[1] ~= 'succeeded' and job[3] == settled then
        reply = '=' .. job[1]
      end
    end
    replies[#replies + 1] = reply
  end
  if earliest < first_known then
    tell_of_scheduled(base_of(prefix), channel, queue, earliest, first_known, now)
  end
  if any then
    tell_of_slots(leaving, channel, queue)
  end
  return replies
end
