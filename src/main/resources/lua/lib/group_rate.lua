-- How often a group starts jobs. claim: base, now.
--#include rate
--#include kept

-- How many it may start, and in how many ms one if none.
local function group_tokens(claim, rate, group)
  return tokens(rate, redis.call('HGET', claim.base .. 'rates', group), claim.now)
end

-- Notes down that so many jobs of a group were started, or that so many were not after all.
local function use_group_rate(claim, rate, group, count)
  local rates = claim.base .. 'rates'
  local used, full_in = without(rate, redis.call('HGET', rates, group), claim.now, count)
  keep_until(rates, group, used, claim.now + full_in, claim.now)
end
