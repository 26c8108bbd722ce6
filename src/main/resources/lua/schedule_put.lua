-- Makes or changes a schedule.
-- KEYS     schedule, names, due, timed
-- ARGV     name, revision of this call, most schedules, next run in ms or '', when that was worked out in ms,
--          timing, misfire, queue, durability, job
-- Changes  atomically: the schedule's hash, and its places in names, due and timed. Nothing if it is there as wanted;
--          the next run and the epoch only if the timing is new, and rewinds if the clock went back since
-- Returns  {'full'}, or {'created' or 'stored', SCHEDULE_FIELDS}
-- Repeat   safe: the hash knows the revision that wrote it, and the one that made it
--#include time
--#include schedule
local key, names, due, timed = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local name, revision, most, next_run, timed_at = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5]
local wanted = { unpack(ARGV, 6) }
local FIELDS = { 'timing', 'misfire', 'queue', 'durability', 'job' }

local there = redis.call('HMGET', key, unpack(FIELDS))
local same = true
local hash = {}
for i, field in ipairs(FIELDS) do
  same = same and there[i] == wanted[i]
  hash[#hash + 1] = field
  hash[#hash + 1] = wanted[i]
end
if not same then
  local now = string.format('%.0f', now_ms())
  local new = redis.call('EXISTS', key) == 0
  if new and redis.call('ZCARD', names) >= most then
    return { 'full' }
  end
  redis.call('HSET', key, 'revision', revision, 'updated_at', now, unpack(hash))
  if new then
    redis.call('HSET', key, 'born', revision, 'created_at', now)
    redis.call('ZADD', names, 0, name)
  end
  if there[1] ~= wanted[1] then
    local before = math.max(redis.call('HGET', key, 'timed_at') or 0, redis.call('ZSCORE', timed, name) or 0)
    if before > tonumber(timed_at) then
      redis.call('HINCRBY', key, 'rewinds', 1)
    end
    redis.call('HSET', key, 'epoch', revision)
    set_next(key, next_run, timed_at)
    line_up_schedule(due, timed, key, name)
  end
end
return { redis.call('HGET', key, 'born') == revision and 'created' or 'stored', read_schedule(key) }
