-- Counts the jobs of a flow that are dead or cancelled, in its field failed: one was in a state, or what the flow knew of it, and is in another.
local FAILED = { dead = 1, cancelled = 1 }
local function count_failed(flow, before, after)
  local more = (FAILED[after] or 0) - (FAILED[before] or 0)
  if more ~= 0 then
    redis.call('HINCRBY', flow, 'failed', more)
  end
end
