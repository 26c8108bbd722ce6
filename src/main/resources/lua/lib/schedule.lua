-- What a schedule's hash holds, in the order of ScheduleField.
local SCHEDULE_FIELDS = { 'timing', 'misfire', 'queue', 'durability', 'job', 'paused', 'next', 'last_run', 'last_job',
  'created_at', 'updated_at', 'epoch', 'rewinds' }

local function read_schedule(key)
  local fields = redis.pcall('HMGET', key, unpack(SCHEDULE_FIELDS))
  return fields.err and {} or fields
end

-- Puts a schedule in line for its next run, or takes it out if it is paused or has none. Its place there is right as long
-- as the clock does not show an earlier time than that in timed.
local function line_up_schedule(due, timed, key, name)
  local fields = redis.call('HMGET', key, 'paused', 'next', 'timed_at')
  if fields[1] == '1' or not fields[2] then
    redis.call('ZREM', due, name)
    redis.call('ZREM', timed, name)
  else
    redis.call('ZADD', due, fields[2], name)
    redis.call('ZADD', timed, fields[3] or 0, name)
  end
end

-- Stores the next run ('' for none) and when it was worked out.
local function set_next(key, next_run, timed_at)
  redis.call('HSET', key, 'timed_at', timed_at)
  if next_run == '' then
    redis.call('HDEL', key, 'next')
  else
    redis.call('HSET', key, 'next', next_run)
  end
end
