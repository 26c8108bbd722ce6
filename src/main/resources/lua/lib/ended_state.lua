-- Whether a job of that state has ended.
local function has_ended(state)
  return state == 'succeeded' or state == 'dead' or state == 'cancelled'
end
