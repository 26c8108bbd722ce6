-- Sets a leased job aside as dead because its worker could not make sense of what is stored.
-- KEYS     job, running, dead
-- ARGV     job key prefix, corrupt key prefix, id, lease token, reason, wake-up channel, queue name
-- Changes  atomically: the job hash is renamed, a readable one takes its place, its move from running to dead
-- Returns  1 if it was set aside, 0 if the lease was not the caller's
-- Repeat   safe: the hash that takes the place carries no token, so a second call changes nothing
--#include fields
--#include time
--#include set_aside
--#include leaving
local key, running, dead = KEYS[1], KEYS[2], KEYS[3]
local prefix, corrupt_prefix, id, token, reason = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local channel, queue = ARGV[6], ARGV[7]
if redis.call('HGET', key, TOKEN) ~= token then
  return 0
end
local leaving = before_leaving(prefix, running)
redis.call('ZREM', running, id)
set_aside(prefix, corrupt_prefix, dead, id, now_ms(), reason)
tell_of_slots(leaving, channel, queue)
return 1
