-- Which lines a claim takes jobs from, and how many of each. Groups take turns, and with them the line of the jobs without a
-- group, as if it were one more. claim: see hand_out.lua; ready, apart, aging_ms, sweep_max, line_turn.
--#include take
--#include hand_out

-- How many groups wait of which a job may start now.
local function groups_to_start(claim)
  return claim.apart and redis.call('ZCARD', claim.base .. 'ring') or 0
end

local function startable(claim)
  return redis.call('ZCARD', claim.ready) + groups_to_start(claim)
end

-- Leases up to so many jobs without a group; how many it came to.
local function lease_of_line(claim, quantum)
  local popped, mixed = take(claim, claim.ready, quantum)
  for i = 1, #popped, 2 do
    hand_out(claim, popped, i)
    if full then
      put_back(claim, claim.ready, popped, i, mixed)
      break
    end
  end
  return #popped / 2
end

-- Looks past jobs that may not be run, so that a backlog of these does not hold up what is behind it: so many as are swept of a
-- kind, and those it took with the last of them.
local function lease_up_to(claim, limit)
  local before, drained, take_turn
  local groups = groups_to_start(claim)
  repeat
    before = #ids + passed
    local quantum, first, line_waits = limit - #ids, nil, true
    if groups > 0 then
      first = redis.call('ZRANGE', claim.base .. 'ring', 0, 0, 'WITHSCORES')
      line_waits = redis.call('ZCARD', claim.ready) > 0
      quantum = math.max(1, math.floor(quantum / (groups + (line_waits and 1 or 0))))
    end
    if first and not (line_waits and claim.line_turn < tonumber(first[2])) then
      if not take_turn then
        --#include group_turn
        take_turn = lease_of_group
      end
      take_turn(claim, first[1], quantum)
    else
      drained = lease_of_line(claim, quantum) < quantum and not first
      if first and #ids + passed > before then
        claim.line_turn = redis.call('HINCRBY', claim.meta, 'turn', 1)
        redis.call('HSET', claim.meta, 'line_turn', claim.line_turn)
      end
    end
    groups = groups_to_start(claim)
  until drained or full or #ids + passed == before or #ids == limit
    or passed >= claim.sweep_max
end
