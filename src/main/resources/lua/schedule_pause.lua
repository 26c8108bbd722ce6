-- Stops or resumes the runs of a schedule. Those that come due while it is paused are missed: its next run stays.
-- KEYS     schedule, due, timed
-- ARGV     name, 1 to stop, 0 to resume
-- Changes  atomically: the flag, and its places in due and timed
-- Returns  SCHEDULE_FIELDS; empty if there is no such schedule
-- Repeat   safe: it sets the flag again
--#include schedule
local key, due, timed = KEYS[1], KEYS[2], KEYS[3]
local name, paused = ARGV[1], ARGV[2]
if redis.call('EXISTS', key) == 0 then
  return {}
end
redis.call('HSET', key, 'paused', paused)
line_up_schedule(due, timed, key, name)
return read_schedule(key)
