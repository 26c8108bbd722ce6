-- The groups that a claimant may take jobs of, by turn. claim: see served.lua; and passed_over: a list of groups of which no job is wanted,
-- the same as keys, a space before each, and how many of them are in front of each ring.
--#include groups
--#include served

-- Of more than these it is believed that some have jobs that are wanted.
local MOST_LOOKED_INTO = 20

-- Handlers that are served and have groups which may start jobs; and how many groups, of which one may be counted for each of its
-- handlers.
local function served_rings(claim)
  local rings, groups, found = {}, 0, claim.apart and served_in(claim, claim.base .. 'rings') or {}
  for i = 1, #found, 2 do
    rings[#rings + 1] = found[i]
    groups = groups + redis.call('ZCARD', claim.base .. 'ring:' .. found[i])
  end
  return rings, groups
end

-- The group whose turn it is, and that turn; nil if there is none but those that were passed over, which keep their places.
local function first_group(claim, rings)
  local first, first_turn
  for _, handler in ipairs(rings) do
    local at, entry = claim.passed_over[handler] or 0, nil
    repeat
      entry = redis.call('ZRANGE', claim.base .. 'ring:' .. handler, at, at, 'WITHSCORES')
      at = at + 1
    until not claim.passed_over[' ' .. (entry[1] or '')]
    claim.passed_over[handler] = at - 1
    if entry[1] and (not first or tonumber(entry[2]) < first_turn) then
      first, first_turn = entry[1], tonumber(entry[2])
    end
  end
  return first, first_turn
end

-- The lines of a group of which jobs may start, and how many; at most a quantum. Those that keep the order come behind all others.
local function startable_lines(claim, group, quantum)
  local lines = served_lines(claim, group)
  local room = lines[1] and math.min(quantum, room_in_group(claim.base, group)) or 0
  if room > 0 then
    return lines, room
  end
  local route = next_in_order(claim.base, group)
  if not route or not serves(claim, handler_in(route)) then
    return lines, 0
  end
  lines = {}
  add_line(claim, lines, claim.base .. 'line:' .. group, route, 0)
  if not lines[1] then
    return lines, 0
  end
  lines[1].in_order = true
  return lines, 1
end

-- Whether any group may have jobs that are wanted.
local function any_group(claim)
  local looked_into, passed_over = 0, claim.passed_over or {}
  for _, handler in ipairs((served_rings(claim))) do
    for _, group in ipairs(redis.call('ZRANGE', claim.base .. 'ring:' .. handler, 0, MOST_LOOKED_INTO + #passed_over)) do
      if not passed_over[' ' .. group] then
        local _, count = startable_lines(claim, group, 1)
        looked_into = looked_into + 1
        if count > 0 or looked_into > MOST_LOOKED_INTO then
          return true
        end
      end
    end
  end
  return false
end
