-- Deletes a schedule; the jobs it made stay.
-- KEYS     schedule, names, due, timed
-- ARGV     name
-- Changes  atomically: the schedule's hash and its places in names, due and timed are gone
-- Returns  1
-- Repeat   safe: the second time there is nothing to delete
local key, names, due, timed = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local name = ARGV[1]
redis.call('UNLINK', key)
redis.call('ZREM', names, name)
redis.call('ZREM', due, name)
redis.call('ZREM', timed, name)
return 1
