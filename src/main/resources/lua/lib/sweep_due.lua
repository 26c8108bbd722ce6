-- What a claim does before it leases. claim: see hand_out.lua.
--#include first_at

-- Sweeps what is due. lease_now: the time by which leases end. Returns how many attempts were given back, whether there was
-- anything to do, and if not, when the first lease ends and the first scheduled job is due.
local function sweep_due(claim, lease_now)
  local now, limit = claim.now, claim.sweep_max
  local first_running, first_due = first_at(claim.running), first_at(claim.scheduled)
  if first_running > lease_now and first_due > now then
    return 0, false, first_running, first_due
  end
  claim.simple = false
  --#include sweep
  return sweep(claim, redis.call('ZRANGEBYSCORE', claim.running, '-inf', lease_now, 'LIMIT', 0, limit),
    redis.call('ZRANGEBYSCORE', claim.scheduled, '-inf', now, 'LIMIT', 0, limit), now), true
end
