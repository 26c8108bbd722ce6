-- Gives jobs of one queue back unrun: ready again in their old place, the attempt not counted.
-- KEYS     ready, running
-- ARGV     job key prefix, wake-up channel, queue name; then for each job: id, lease token
-- Changes  atomically: the job hashes, and their move from running to ready
-- Returns  for each job its state, after an = if the report was applied before, or '' if it was refused
-- Repeat   safe: a job that this token gave back, and that nobody claimed since, answers its state
--#include fields
--#include line_up
--#include leaving
--#include went_back
--#include private
--#include when_full
local ready, running = KEYS[1], KEYS[2]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]
go_on_when_full(running)
local q = { prefix = prefix, ready = ready }
local leaving = before_leaving(prefix, running)
local replies = {}
for i = 4, #ARGV, 2 do
  local id, token = ARGV[i], ARGV[i + 1]
  local key = prefix .. id
  local job = redis.pcall('HMGET', key, 'state', TOKEN, 'settled', SPEC, SEQ)
  local reply = ''
  if not job.err and job[2] == token then
    if job[1] == 'running' then
      redis.call('HINCRBY', key, ATTEMPT, -1)
      redis.call('HSET', key, 'state', 'ready', 'settled', 'release ' .. token)
      redis.call('ZREM', running, id)
      give_slot_back(leaving, id)
      line_up(q, id, job[4], tonumber(job[5] or '') or 0)
      reply = 'ready'
      went_back(leaving, id)
    elseif (job[1] == 'ready' or job[1] == 'scheduled') and job[3] == 'release ' .. token then
      reply = '=' .. job[1]
    end
  end
  replies[#replies + 1] = reply
end
expire_if_private(prefix, { ready, running })
tell_of_slots(leaving, channel, queue, q.fresh)
return replies
