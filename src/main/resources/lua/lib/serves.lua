-- Whose jobs a claimant takes. claim: handlers, those it serves, and paused_handlers, both with a space before and after each, the
-- latter nil if there are none.
--#include route

local function serves(claim, handler)
  local name = ' ' .. handler .. ' '
  return handler == UNREADABLE or string.find(claim.handlers, name, 1, true) ~= nil
    and not (claim.paused_handlers and string.find(claim.paused_handlers, name, 1, true))
end
