-- When somebody is to look at a queue again after a claim. claim: base, running, now.
--#include due
--#include known

-- leased: how many jobs the claim leased, or a text if it was a repeat; any: whether jobs wait or run; time: when there may be something, 0 for now, infinite for never. Not for a claim that left jobs
-- which may start: the entry says now.
local function look_again(claim, leased, any, time)
  if type(leased) == 'string' then
    -- What it gave back may start.
    if time == 0 then
      claim_due_at(claim.base, 0)
    end
    return
  elseif leased > 0 then
    -- Those of this claim run.
    claim_not_before(claim.base, math.min(time, claim.now + LOOK_AGAIN_MS))
    return
  end
  if time > claim.now + LOOK_AGAIN_MS and redis.call('EXISTS', claim.running) == 1 then
    time = claim.now + LOOK_AGAIN_MS
  end
  if any then
    register(claim.base)
  end
  claim_not_before(claim.base, time)
end
