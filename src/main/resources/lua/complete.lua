-- Ends jobs of one queue as succeeded, each if its lease is still the reporter's.
-- KEYS     running, succeeded
-- ARGV     job key prefix, wake-up channel, queue name; then for each job: id, lease token, result (JSON text, or empty for none)
-- Changes  atomically: the job hashes, and their move from running to succeeded; the queue's entry in next
-- Returns  the places, from 0, of the reports that were refused, and -1 less the places of those that were applied before: all other jobs have
--          succeeded now
-- Repeat   safe: a job that succeeded under this token is not refused
--#include fields
--#include time
--#include keys
--#include private
--#include in_flow
local running, succeeded = KEYS[1], KEYS[2]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]
local base = base_of(prefix)
local now = string.format('%.0f', now_ms())
-- Only there if the queue has limits or groups, for to define them takes time.
local give_back, tell_of_room
local limits = redis.call('HMGET', base .. 'meta', 'concurrency', 'apart', 'pruning', 'mirror')
if limits[1] or limits[2] then
  --#include leaving
  local leaving = before_leaving(prefix, running)
  give_back = function(id) give_slot_back(leaving, id) end
  tell_of_room = function() tell_of_slots(leaving, channel, queue) end
end
-- Places in ARGV and ids of those whose latest claim it is, be they still running or not.
local theirs, ids, refused = {}, {}, {}
for i = 4, #ARGV, 3 do
  local id, token = ARGV[i], ARGV[i + 1]
  if redis.pcall('HGET', prefix .. id, TOKEN) == token then
    theirs[#theirs + 1] = i
    ids[#ids + 1] = id
  else
    refused[#refused + 1] = (i - 4) / 3
  end
end
if #ids == 0 then
  return refused
end

-- The first write needs no memory, so that a Redis that is full lets the others follow: see when_full.lua. Most often all of them
-- run, then there is no need to look at the state of each.
local all_run = redis.call('ZREM', running, unpack(ids)) == #ids
local entered, ended, news = {}, {}, {}
for n, i in ipairs(theirs) do
  local id, result = ids[n], ARGV[i + 2]
  local key = prefix .. id
  local state = all_run and 'running' or redis.call('HGET', key, 'state')
  if state == 'running' then
    if result == '' then
      redis.call('HSET', key, 'state', 'succeeded', FINISHED_AT, now)
    else
      redis.call('HSET', key, 'state', 'succeeded', FINISHED_AT, now, 'result', result)
    end
    if in_flow(id) then
      news[#news + 1] = id
    end
    if give_back then
      give_back(id)
    end
    entered[#entered + 1] = now
    entered[#entered + 1] = id
    ended[#ended + 1] = id
  elseif state == 'succeeded' then
    refused[#refused + 1] = -1 - (i - 4) / 3
  else
    refused[#refused + 1] = (i - 4) / 3
  end
end
if #news > 0 then
  --#include flow
  for _, id in ipairs(news) do
    owe_flow(prefix, id, now)
  end
end
if #entered > 0 then
  redis.call('ZADD', succeeded, unpack(entered))
  if not limits[3] then
    --#include ended
    prune_soon(base, now, limits[3])
  end
  if limits[4] then
    --#include outbox
    changed(base, ended)
  end
  if tell_of_room then
    tell_of_room()
  end
end
expire_if_private(prefix, { succeeded })
return refused
