-- What a schedule's hash holds, in the order of ScheduleField.
local SCHEDULE_FIELDS = { 'timing', 'misfire', 'queue', 'durability', 'job', 'paused', 'next', 'last_run', 'last_job',
  'created_at', 'updated_at', 'epoch' }

local function read_schedule(key)
  local fields = redis.pcall('HMGET', key, unpack(SCHEDULE_FIELDS))
  return fields.err and {} or fields
end

-- Puts a schedule in line for its next run, or takes it out if it is paused or has none.
local function line_up(due, key, name)
  local fields = redis.call('HMGET', key, 'paused', 'next')
  if fields[1] == '1' or not fields[2] then
    redis.call('ZREM', due, name)
  else
    redis.call('ZADD', due, fields[2], name)
  end
end
