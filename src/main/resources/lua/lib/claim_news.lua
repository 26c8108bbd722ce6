-- What a claim tells others of what may start. claim: see serves.lua and lease_taken.lua.
--#include entries
--#include no_claims_due
--#include answer
--#include added
--#include wake

-- Handlers that are to have no entry any more: those of which the claim took something, or all that it serves if it found nothing,
-- and left nothing that may start.
local function strike_off_served(claim, startable)
  local touched = claim.touched or { [claim.home] = true }
  if #ids == 0 then
    for handler in string.gmatch(claim.handlers, '%S+') do
      touched[handler] = true
    end
  end
  no_claims_due(claim.base, added(startable, touched))
end

-- found: before and after the claim, what may start; open: whether the queue's limits allow more; limited: whether it has any; most:
-- how many jobs were asked for.
local function tell_of_startable(claim, channel, queue, found)
  local news = added_or(found.before, found.after, claim.fresh)
  wake(claim.base, channel, queue, news, claim.now)
  strike_off_served(claim, found.open and found.after or {})
  if not found.open or not next(found.after) then
    return
  end
  local all = added({}, found.after)
  -- Whoever found the queue at its limit has struck them off.
  if found.limited then
    claims_due(claim.base, all, claim.now)
  end
  -- One that wants none passes on what others may have missed.
  if found.most == 0 and #news == 0 then
    tell(channel, queue, all)
  end
end
