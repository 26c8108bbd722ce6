-- Which jobs a claim takes. claim: see hand_out.lua, serves.lua; ready, apart, home (the route of ready), aging_ms, sweep_max; and simple:
-- whether all jobs are known to lie in ready, all of them may start, and the claimant takes any number of them or none.
--#include serves
--#include take
--#include hand_out
--#include lease_all

-- Looks past jobs that may not be run, so that a backlog of these does not hold up what is behind it: so many as are swept of a
-- kind, and those it took with the last of them.
local function lease_up_to(claim, limit)
  if not claim.simple then
    --#include turns_apart
    return lease_in_turns(claim, limit)
  elseif not serves(claim, claim.home) then
    return
  end
  local lines = { { key = claim.ready, route = claim.home, room = math.huge } }
  repeat
    local before, quantum = #ids + passed, limit - #ids
    local taken = take(claim, lines, quantum)
    lease_all(claim, taken)
  until #taken.popped < 2 * quantum or full or #ids + passed == before or #ids == limit or passed >= claim.sweep_max
end

-- Handlers of which jobs may start and that are not paused, as keys. in_ready: whether ready has jobs.
local function startable_in(claim, in_ready)
  if claim.simple then
    return in_ready and { [claim.home] = true } or {}
  end
  --#include startable_for
  return startable_for_any(claim, in_ready)
end

-- startable: what startable_in answers.
local function serves_any(claim, startable)
  for handler in pairs(startable) do
    if serves(claim, handler) then
      return true
    end
  end
  return false
end

-- Whether this claimant might take more: 1, 2 if all of that has targets which it does not want just now, else 0. startable: what
-- startable_in answers.
local function more_for(claim, startable)
  local any = serves_any(claim, startable)
  if claim.simple or not any then
    return any and 1 or 0
  end
  --#include rings
  if served_lines(claim)[1] or any_group(claim) then
    return 1
  end
  return claim.unwanted and 2 or 0
end
