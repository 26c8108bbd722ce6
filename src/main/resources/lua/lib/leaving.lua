-- What scripts that end attempts owe the limits of a queue.
--#include keys
--#include groups
--#include wake

-- To be asked before jobs leave running.
local function before_leaving(prefix, running)
  local base = base_of(prefix)
  local limits = redis.call('HMGET', base .. 'meta', 'concurrency', 'apart')
  return {
    prefix = prefix,
    apart = limits[2],
    full = limits[1] and redis.call('ZCARD', running) >= tonumber(limits[1]),
    idle = limits[2] and redis.call('ZCARD', base .. 'ring') == 0,
  }
end

local function give_slot_back(leaving, id)
  if leaving.apart then
    free_slot(leaving.prefix, id)
  end
end

-- Workers that found the queue at its limit, or all groups at theirs, wait to be told.
local function tell_of_slots(leaving, channel, queue)
  if leaving.full or leaving.idle and redis.call('ZCARD', base_of(leaving.prefix) .. 'ring') > 0 then
    wake(base_of(leaving.prefix), channel, queue)
  end
end
