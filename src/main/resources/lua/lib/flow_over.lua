-- Whether a flow has been over for as long as it was to be kept. It does not expire, for what expires may be evicted before:
-- it counts as gone from then on, and flow_due.lua deletes it.
local function past_its_time(flow, now)
  local kept_until = redis.call('HGET', flow, 'kept_until')
  return kept_until and tonumber(kept_until) <= now
end
