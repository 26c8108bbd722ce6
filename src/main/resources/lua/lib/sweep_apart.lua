-- The sweep of groups whose rest is over, a bounded number. claim: base, now, sweep_max.
--#include kept
--#include groups
local function sweep_apart(claim)
  local base = claim.base
  strike_off_over(base .. 'rates', claim.now, claim.sweep_max)
  for _, group in ipairs(redis.call('ZRANGEBYSCORE', base .. 'resting', '-inf', claim.now, 'LIMIT', 0, claim.sweep_max)) do
    redis.call('ZREM', base .. 'resting', group)
    place_group(base, group)
  end
end
