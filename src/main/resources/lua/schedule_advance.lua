-- Moves a schedule on to its next run, once all before it got what was due to them.
-- KEYS     schedule, due, timed
-- ARGV     name, epoch, rewinds and next run as they were seen, new next run in ms or '', when that was worked out in ms,
--          latest run with a job in ms or '', its job
-- Changes  atomically: next, timed_at, last_run and last_job of the hash, and its places in due and timed; rewinds, if the
--          new next run is before the one that was seen; nothing if the schedule was moved on, got another timing or was
--          deleted since it was seen
-- Returns  1 if it did, 0 if not
-- Repeat   safe: the second time the next run is another one, or it stays and the same is stored again
--#include schedule
local key, due, timed = KEYS[1], KEYS[2], KEYS[3]
local name, epoch, rewinds, seen, next_run, timed_at, last_run, last_job = unpack(ARGV)
local there = redis.call('HMGET', key, 'epoch', 'rewinds', 'next')
if there[1] ~= epoch or (there[2] or '0') ~= rewinds or there[3] ~= seen then
  return 0
end
if last_run ~= '' then
  redis.call('HSET', key, 'last_run', last_run, 'last_job', last_job)
end
-- The clock went back, and the runs up to the one that was seen come again: they get jobs of their own.
if next_run ~= '' and tonumber(next_run) < tonumber(seen) then
  redis.call('HINCRBY', key, 'rewinds', 1)
end
set_next(key, next_run, timed_at)
line_up_schedule(due, timed, key, name)
return 1
