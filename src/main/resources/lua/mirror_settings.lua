-- Has this store of a mirrored queue have the pauses and limits that the other one has.
-- KEYS     meta
-- ARGV     job key prefix, wake-up channel, queue name, role and epoch that the caller believes this store to have, the pauses and limits that the caller has seen here, and
--          those that it is to have, see settings.lua
-- Changes  atomically: the pauses and limits, if all is as the caller believes; groups that may start jobs now get their turns, see limit.lua; the queue's entry in
--          next, if this store is the owner
-- Returns  1 if it has them, 0 if something has changed meanwhile
-- Repeat   safe: it has them already
--#include time
--#include keys
--#include mirror
--#include settings
--#include limited_groups
--#include news
local meta = KEYS[1]
local prefix, channel, queue, believed_role, believed_epoch = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local seen, wanted = ARGV[6], ARGV[7]
local base, now = base_of(prefix), now_ms()
local role, epoch = mirror_of(redis.call('HGET', meta, 'mirror'))
local here = settings_of(meta)
if here == wanted then
  return 1
elseif role ~= believed_role or epoch ~= believed_epoch or here ~= seen then
  return 0
end

local rate_before, at = redis.call('HGET', meta, 'group_rate'), 1
for value in string.gmatch(wanted .. '\n', '([^\n]*)\n') do
  if value == '' then
    redis.call('HDEL', meta, SETTINGS[at])
  else
    redis.call('HSET', meta, SETTINGS[at], value)
  end
  at = at + 1
end
if redis.call('HGET', meta, 'paused') == '1' then
  redis.call('HSETNX', meta, 'paused_at', string.format('%.0f', now))
else
  redis.call('HDEL', meta, 'paused_at')
end
local from = redis.call('HGET', meta, 'group_rate') ~= rate_before and 'resting 0' or 'busy 0'
go_through_groups(base, from, from, now)
if role == 'own' then
  wake_of_all(base, channel, queue)
end
return 1
