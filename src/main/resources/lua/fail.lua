-- Ends attempts of one queue as failed: scheduled again, or dead, each if its lease is still the reporter's.
-- KEYS     running, scheduled, dead
-- ARGV     job key prefix, wake-up channel, queue name; then for each job: id, lease token, error type, error message, wait in ms until the next
--          attempt (-1: there must be none)
-- Changes  atomically: the job hashes, and their move from running to scheduled or dead
-- Returns  for each job its state, or '' if the report was refused
-- Repeat   safe: a job whose attempt this token failed, and that nobody claimed since, answers its state
--#include time
--#include ready
--#include groups
--#include leaving
--#include errors
--#include flow
local running, scheduled, dead = KEYS[1], KEYS[2], KEYS[3]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]
local now = now_ms()
local leaving = before_leaving(prefix, running)
local first_known, sooner, any = first_at(scheduled), false, false

local function fail(id, key, job, kind, message, wait_ms)
  local attempt = tonumber(job[4] or '') or 0
  local _, attempts, mark = priority_and_attempts(job[5])
  any = true
  local errors = with_error(job[6], attempt, now, kind, message, job[7], job[2])
  redis.call('ZREM', running, id)
  if wait_ms >= 0 and attempt < (attempts or 0) then
    redis.call('HSET', key, 'state', 'scheduled', 'run_at', now + wait_ms, 'settled', 'fail ' .. job[2], 'errors', errors)
    redis.call('ZADD', scheduled, now + wait_ms, id)
    -- The others of its group wait for one that keeps the order, so it keeps its slot.
    if mark ~= '=' then
      give_slot_back(leaving, id)
    end
    sooner = sooner or worth_telling(now + wait_ms, first_known, now)
    return 'scheduled'
  end
  redis.call('HSET', key, 'state', 'dead', 'finished_at', now, 'settled', 'fail ' .. job[2], 'errors', errors)
  redis.call('ZADD', dead, now, id)
  owe_flow(prefix, id, now)
  give_slot_back(leaving, id)
  return 'dead'
end

local replies = {}
for i = 4, #ARGV, 5 do
  local id, token, kind, message, wait_ms = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], tonumber(ARGV[i + 4])
  local key = prefix .. id
  local job = redis.pcall('HMGET', key, 'state', 'token', 'settled', 'attempt', 'spec', 'errors', 'started_at')
  local reply = ''
  if not job.err and job[2] == token then
    if job[1] == 'running' then
      reply = fail(id, key, job, kind, message, wait_ms)
    elseif job[1] ~= 'succeeded' and job[3] == 'fail ' .. token then
      reply = job[1]
    end
  end
  replies[#replies + 1] = reply
end
if sooner then
  wake(channel, queue)
elseif any then
  tell_of_slots(leaving, channel, queue)
end
return replies
