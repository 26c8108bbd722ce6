-- What an enqueue of jobs without groups has to tell.
--#include batch
--#include keys
--#include route

-- Handlers of which no job could start before, or none for one of these targets. apart: whether any jobs stand apart.
local function handlers_of_news(ready_before, apart)
  local base, found, handlers = base_of(prefix), {}, {}
  if any_due and ready_before == 0 then
    news[home] = true
  end
  for route in pairs(news) do
    local handler = handler_in(route)
    local others = apart and handler == route
      and (redis.call('ZSCORE', base .. 'rings', handler) or redis.call('ZSCORE', base .. 'routes', handler .. '>'))
    if not others and not found[handler] then
      found[handler] = true
      handlers[#handlers + 1] = handler
    end
  end
  return handlers
end
