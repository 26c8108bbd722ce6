-- Ends jobs of one queue as succeeded, each if its lease is still the reporter's.
-- KEYS     running, succeeded
-- ARGV     job key prefix, wake-up channel, queue name; then for each job: id, lease token, result (JSON text, or empty for none)
-- Changes  atomically: the job hashes, and their move from running to succeeded; the queue's entry in next
-- Returns  for each job its state 'succeeded', or '' if the report was refused
-- Repeat   safe: a job that succeeded under this token answers 'succeeded' again
--#include fields
--#include time
--#include keys
--#include private
--#include flow
--#include when_full
--#include ended
local running, succeeded = KEYS[1], KEYS[2]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]
local base = base_of(prefix)
local now = string.format('%.0f', now_ms())
go_on_when_full(running)
-- Only there if the queue has limits or groups, for to define them takes time.
local give_back, tell_of_room
local limits = redis.call('HMGET', base .. 'meta', 'concurrency', 'apart', 'pruning')
if limits[1] or limits[2] then
  --#include leaving
  local leaving = before_leaving(prefix, running)
  give_back = function(id) give_slot_back(leaving, id) end
  tell_of_room = function() tell_of_slots(leaving, channel, queue) end
end
local replies, left, entered = {}, {}, {}
for i = 4, #ARGV, 3 do
  local id, token, result = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local key = prefix .. id
  local job = redis.pcall('HMGET', key, 'state', TOKEN)
  local reply = ''
  if not job.err and job[2] == token then
    if job[1] == 'running' then
      if result == '' then
        redis.call('HSET', key, 'state', 'succeeded', FINISHED_AT, now)
      else
        redis.call('HSET', key, 'state', 'succeeded', FINISHED_AT, now, 'result', result)
      end
      owe_flow(prefix, id, now)
      if give_back then
        give_back(id)
      end
      left[#left + 1] = id
      entered[#entered + 1] = now
      entered[#entered + 1] = id
      reply = 'succeeded'
    elseif job[1] == 'succeeded' then
      reply = 'succeeded'
    end
  end
  replies[#replies + 1] = reply
end
if #left > 0 then
  redis.call('ZREM', running, unpack(left))
  redis.call('ZADD', succeeded, unpack(entered))
  prune_soon(base, now, limits[3])
  if tell_of_room then
    tell_of_room()
  end
end
expire_if_private(prefix, { succeeded })
return replies
