-- Moves a schedule on to its next run, once all before it got what was due to them.
-- KEYS     schedule, due
-- ARGV     name, epoch and next run as they were seen, new next run in ms or '', latest run with a job in ms or '', its job
-- Changes  atomically: next, last_run and last_job of the hash, and its place in due; nothing if the schedule was moved
--          on, got another timing or was deleted since it was seen
-- Returns  1 if it did, 0 if not
-- Repeat   safe: the second time the next run is another one
--#include schedule
local key, due = KEYS[1], KEYS[2]
local name, epoch, seen, next_run, last_run, last_job = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local there = redis.call('HMGET', key, 'epoch', 'next')
if there[1] ~= epoch or there[2] ~= seen then
  return 0
end
if last_run ~= '' then
  redis.call('HSET', key, 'last_run', last_run, 'last_job', last_job)
end
if next_run == '' then
  redis.call('HDEL', key, 'next')
else
  redis.call('HSET', key, 'next', next_run)
end
line_up(due, key, name)
return 1
