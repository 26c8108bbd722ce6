-- What a claim that left nothing to start, or came away with nothing, leaves in next. claim: base, running, now.
--#include due
--#include known
-- time: when there may be something, 0 for now, infinite for never.
local function nothing_to_claim(claim, time)
  if time > claim.now + LOOK_AGAIN_MS and redis.call('EXISTS', claim.running) == 1 then
    time = claim.now + LOOK_AGAIN_MS
  end
  if time < math.huge then
    register(claim.base)
  end
  claim_not_before(claim.base, time)
end
