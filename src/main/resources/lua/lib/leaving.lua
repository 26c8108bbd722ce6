-- What scripts that end attempts owe the limits of a queue.
--#include keys
--#include groups
--#include startable
--#include news

-- To be asked before jobs leave running, or a line.
local function before_leaving(prefix, running)
  local base = base_of(prefix)
  local limits = redis.call('HMGET', base .. 'meta', 'concurrency', 'apart', 'mirror')
  local most = tonumber(limits[1] or math.huge)
  return {
    prefix = prefix, base = base, running = running, most = most,
    apart = limits[2],
    mirror = limits[3],
    full = limits[1] and redis.call('ZCARD', running) >= most,
    before = startable_now(base),
  }
end

local function give_slot_back(leaving, id)
  if leaving.apart then
    free_slot(leaving.prefix, id)
  end
end

-- Workers that found the queue at its limit, or all groups that they serve at theirs, wait to be told. fresh: see line_up, or nil.
local function tell_of_slots(leaving, channel, queue, fresh)
  local any_free = leaving.full and redis.call('ZCARD', leaving.running) < leaving.most
  wake_of_news(leaving.base, channel, queue, any_free and {} or leaving.before, nil, fresh)
end
