-- Leases what was taken of lines, as much as the answer has room for. claim: see hand_out.lua.
--#include hand_out

-- started is told of each place that was leased, if it is given. What there was no room for is put back; where that begins, or nil.
local function lease_all(claim, taken, started)
  local popped = taken.popped
  for i = 1, #popped, 2 do
    if hand_out(claim, popped, i) then
      if started then
        started(i)
      end
    elseif full then
      --#include put_back
      put_back(claim, taken, i)
      return i
    end
  end
end
