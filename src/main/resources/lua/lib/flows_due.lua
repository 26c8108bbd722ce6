-- When the flows of a bucket need somebody to look at them: one entry in the bucket's next, which no queue can have. The same
-- invariant as in due.lua: whatever has to be done for them, the entry is not later than that.
local FLOWS = ' flows'

-- Makes it earlier, never later.
local function flows_due_at(next_key, time)
  local known = redis.call('ZSCORE', next_key, FLOWS)
  if not known or time < tonumber(known) then
    redis.call('ZADD', next_key, string.format('%.0f', time), FLOWS)
  end
end

-- The first time in todo and over; infinite if there is nothing.
local function flows_first_due(todo, over)
  local first = math.huge
  for _, set in ipairs({ todo, over }) do
    first = math.min(first, tonumber(redis.call('ZRANGE', set, 0, 0, 'WITHSCORES')[2] or math.huge))
  end
  return first
end

-- Somebody has looked.
local function flows_not_before(next_key, time)
  if time < math.huge then
    redis.call('ZADD', next_key, string.format('%.0f', time), FLOWS)
  else
    redis.call('ZREM', next_key, FLOWS)
  end
end
