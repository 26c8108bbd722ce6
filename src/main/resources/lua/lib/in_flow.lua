-- Jobs of flows are known by their ids, so that no other job pays for them.
local function in_flow(id)
  return string.sub(id, 1, 5) == 'flow-'
end
