-- Of which handlers jobs may start now, but for what holds the whole queue (a pause, its limits). Workers that serve a handler hear of
-- a queue when there was none and is one: whoever has heard goes on claiming until there is none again.
--#include route

-- Handlers as keys. in_ready: whether ready has jobs, or nil.
local function startable_now(base, in_ready)
  local found = {}
  if in_ready == nil then
    in_ready = redis.call('EXISTS', base .. 'ready') == 1
  end
  if in_ready then
    found[handler_in(redis.call('HGET', base .. 'meta', 'route') or UNREADABLE)] = true
  end
  for _, route in ipairs(redis.call('ZRANGE', base .. 'routes', 0, -1)) do
    found[handler_in(route)] = true
  end
  for _, handler in ipairs(redis.call('ZRANGE', base .. 'rings', 0, -1)) do
    found[handler] = true
  end
  return found
end
