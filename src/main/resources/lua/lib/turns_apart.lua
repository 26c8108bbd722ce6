-- Which lines a claim takes jobs from, and how many of each. Groups take turns, and with them the lines of the jobs without a
-- group, as if they were one more. claim: see hand_out.lua and rings.lua; meta, sweep_max, line_turn.
--#include groups
--#include slots
--#include served
--#include rings
--#include take
--#include lease_taken
--#include group_rate

-- Leases up to so many jobs of a group, and gives it its next turn.
local function lease_of_group(claim, group, quantum)
  local base, started = claim.base, 0
  local lines, count = startable_lines(claim, group, quantum)
  if count == 0 then
    passed = passed + 1
    claim.passed_over[' ' .. group] = true
    table.insert(claim.passed_over, group)
    place_group(base, group)
    return
  end
  local rate = redis.call('HGET', claim.meta, 'group_rate')
  if rate then
    local there, wait = group_tokens(claim, rate, group)
    if there == 0 then
      passed = passed + 1
      rest(base, group, claim.now + wait)
      return
    end
    count = math.min(count, there)
  end
  lease_taken(claim, take(claim, lines, count), group, function(id)
    take_slot(base, id, group)
    started = started + 1
  end)
  if rate and started > 0 then
    use_group_rate(claim, rate, group, started)
  end
  place_group(base, group, started > 0 or not full)
end

-- Leases up to so many jobs without a group. Whether none is left.
local function lease_of_lines(claim, quantum)
  local lines = served_lines(claim)
  if not lines[1] then
    return true
  end
  local count, passed_before = lines[MOST_LINES] and math.min(quantum, MOST_LINES) or quantum, passed
  local taken = take(claim, lines, count)
  lease_taken(claim, taken)
  return #taken.popped < 2 * count and passed == passed_before
end

-- Looks past jobs that may not be run, so that a backlog of these does not hold up what is behind it: so many as are swept of a
-- kind, and those it took with the last of them.
local function lease_in_turns(claim, limit)
  local before, drained
  claim.touched, claim.passed_over = {}, {}
  repeat
    before = #ids + passed
    local rings, groups = served_rings(claim)
    local quantum, line_waits = limit - #ids, true
    local group, turn = first_group(claim, rings)
    if group then
      line_waits = served_lines(claim)[1] ~= nil
      quantum = math.max(1, math.floor(quantum / (groups + (line_waits and 1 or 0))))
    end
    if group and not (line_waits and claim.line_turn < turn) then
      lease_of_group(claim, group, quantum)
    else
      drained = lease_of_lines(claim, quantum) and not group
      if group and #ids + passed > before then
        claim.line_turn = redis.call('HINCRBY', claim.meta, 'turn', 1)
        redis.call('HSET', claim.meta, 'line_turn', claim.line_turn)
      end
    end
  until drained or full or #ids + passed == before or #ids == limit
    or passed >= claim.sweep_max
  if passed >= claim.sweep_max and #ids < limit and not full then
    -- Else the next claim would look past the same groups and never come to those behind them.
    for _, group in ipairs(claim.passed_over) do
      place_group(claim.base, group, true)
    end
  end
end
