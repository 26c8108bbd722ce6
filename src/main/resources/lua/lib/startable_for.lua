-- What of a queue may start, where that is not all in ready. claim: see turns.lua.
--#include route
--#include startable

-- Handlers of which jobs may start and that are not paused, as keys. in_ready: whether ready has jobs.
local function startable_for_any(claim, in_ready)
  local found = {}
  if claim.apart then
    found = startable_now(claim.base, in_ready)
  elseif in_ready then
    found[handler_in(claim.home)] = true
  end
  for handler in string.gmatch(claim.paused_handlers or '', '%S+') do
    found[handler] = nil
  end
  return found
end
