-- What becomes of jobs that a claim took out of lines of which there are several. claim: see hand_out.lua and served.lua; and touched:
-- gets the handlers of which it took any, as keys.
--#include lines
--#include line_at
--#include lease_all
--#include served

-- group: nil if they have none; started: is told of each id that was leased, if it is given.
local function lease_taken(claim, taken, group, started)
  local popped, apart, changed = taken.popped, {}, {}
  local full_at = lease_all(claim, taken, function(i)
    use_room(claim, line_at(taken, i).route)
    if started then
      started(popped[i])
    end
  end)
  for i = 1, (full_at or #popped + 1) - 1, 2 do
    local line = line_at(taken, i)
    if line.key ~= claim.ready then
      apart[#apart + 1] = popped[i]
    end
    changed[line.key] = line
  end
  if #apart > 0 then
    redis.call('ZREM', claim.base .. 'apart', unpack(apart))
  end
  for key, line in pairs(changed) do
    claim.touched[handler_in(line.route)] = true
    if key ~= claim.ready and not line.in_order then
      line_changed(claim.base, group, line.route)
    end
  end
end
