-- Puts jobs of one queue off because their handlers ask for it: scheduled again, the attempt not counted; or dead, if they
-- have been put off as often as they may be. Each if its lease is still the reporter's.
-- KEYS     running, scheduled, dead
-- ARGV     job key prefix, wake-up channel, queue name; then for each job: id, lease token, wait in ms, how often at most
-- Changes  atomically: the job hashes, and their move from running to scheduled or dead
-- Returns  for each job its state, or '' if the report was refused
-- Repeat   safe: a job that this token put off, and that nobody claimed since, answers its state
--#include time
--#include ready
--#include groups
--#include leaving
--#include errors
--#include flow
--#include when_full
local running, scheduled, dead = KEYS[1], KEYS[2], KEYS[3]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]
local now = now_ms()
go_on_when_full(running)
local leaving = before_leaving(prefix, running)
local first_known, sooner, any = first_at(scheduled), false, false

local function snooze(id, key, job, wait_ms, most)
  local snoozes = tonumber(job[5] or '') or 0
  local _, _, mark = priority_and_attempts(job[8])
  any = true
  redis.call('ZREM', running, id)
  if snoozes >= most then
    local errors = with_error(job[6], tonumber(job[4] or '') or 0, now, 'snoozed-too-often',
      'its handler has put it off ' .. snoozes .. ' times', job[7], job[2])
    redis.call('HSET', key, 'state', 'dead', 'finished_at', now, 'settled', 'snooze ' .. job[2], 'errors', errors)
    redis.call('ZADD', dead, now, id)
    owe_flow(prefix, id, now)
    give_slot_back(leaving, id)
    return 'dead'
  end
  redis.call('HINCRBY', key, 'attempt', -1)
  redis.call('HSET', key, 'state', 'scheduled', 'run_at', now + wait_ms, 'settled', 'snooze ' .. job[2], 'snoozes', snoozes + 1)
  redis.call('ZADD', scheduled, now + wait_ms, id)
  -- The others of its group wait for one that keeps the order, so it keeps its slot.
  if mark ~= '=' then
    give_slot_back(leaving, id)
  end
  sooner = sooner or worth_telling(now + wait_ms, first_known, now)
  return 'scheduled'
end

local replies = {}
for i = 4, #ARGV, 4 do
  local id, token, wait_ms, most = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
  local key = prefix .. id
  local job = redis.pcall('HMGET', key, 'state', 'token', 'settled', 'attempt', 'snoozes', 'errors', 'started_at', 'spec')
  local reply = ''
  if not job.err and job[2] == token then
    if job[1] == 'running' then
      reply = snooze(id, key, job, wait_ms, most)
    elseif job[1] ~= 'succeeded' and job[3] == 'snooze ' .. token then
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
