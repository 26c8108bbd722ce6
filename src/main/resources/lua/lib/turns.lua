-- Which lines a claim takes jobs from, and how many of each. Groups take turns, and with them the line of the jobs without a
-- group, as if it were one more. claim: see hand_out.lua; ready, apart, aging_ms, sweep_max, line_turn.
--#include groups
--#include order
--#include take
--#include hand_out
--#include group_rate

-- How many groups wait of which a job may start now.
local function groups_to_start(claim)
  return claim.apart and redis.call('ZCARD', claim.base .. 'ring') or 0
end

local function startable(claim)
  return redis.call('ZCARD', claim.ready) + groups_to_start(claim)
end

-- How many jobs of a group may start now, at most a quantum; and if its rate allows none, in how many ms one. head: the first of its
-- line and that one's score; limits: of groups, how many run at once and the rate.
local function allowance(claim, group, head, limits, quantum)
  local base = claim.base
  if not head[1] or not may_start(base, group, head[1], tonumber(head[2])) then
    return 0, 0
  end
  local count = 1
  if tonumber(head[2]) < ORDERED then
    local room = tonumber(limits[1] or math.huge) - tonumber(redis.call('HGET', base .. 'busy', group) or 0)
    local unordered = redis.call('ZCOUNT', base .. 'line:' .. group, '-inf', string.format('(%.0f', ORDERED))
    count = math.max(1, math.min(quantum, room, unordered))
  end
  if not limits[2] then
    return count, 0
  end
  local there, wait = group_tokens(claim, limits[2], group)
  return math.min(count, there), wait
end

-- Leases up to so many jobs of a group, and gives it its next turn.
local function lease_of_group(claim, group, quantum)
  local base = claim.base
  local line = base .. 'line:' .. group
  local head = redis.call('ZRANGE', line, 0, 0, 'WITHSCORES')
  local limits = redis.call('HMGET', claim.meta, 'group_concurrency', 'group_rate')
  local count, wait = allowance(claim, group, head, limits, quantum)
  if count == 0 then
    passed = passed + 1
    if wait > 0 then
      redis.call('ZREM', base .. 'ring', group)
      redis.call('ZADD', base .. 'resting', claim.now + wait, group)
    else
      place_group(base, group)
    end
    return
  end
  local popped, mixed
  if tonumber(head[2]) < ORDERED then
    popped, mixed = take(claim, line, count)
  else
    popped = redis.call('ZPOPMIN', line)
  end
  local started = 0
  for i = 1, #popped, 2 do
    redis.call('ZREM', base .. 'apart', popped[i])
    if hand_out(claim, popped, i) then
      take_slot(base, popped[i], group)
      started = started + 1
    elseif full then
      redis.call('ZADD', base .. 'apart', popped[i + 1], popped[i])
      put_back(claim, line, popped, i, mixed)
      break
    end
  end
  if limits[2] and started > 0 then
    use_group_rate(claim, limits[2], group, started)
  end
  place_group(base, group, started > 0 or not full)
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
  local before, drained
  local groups = groups_to_start(claim)
  repeat
    before = #jobs + passed
    local quantum, first, line_waits = limit - #jobs, nil, true
    if groups > 0 then
      first = redis.call('ZRANGE', claim.base .. 'ring', 0, 0, 'WITHSCORES')
      line_waits = redis.call('ZCARD', claim.ready) > 0
      quantum = math.max(1, math.floor(quantum / (groups + (line_waits and 1 or 0))))
    end
    if first and not (line_waits and claim.line_turn < tonumber(first[2])) then
      lease_of_group(claim, first[1], quantum)
    else
      drained = lease_of_line(claim, quantum) < quantum and not first
      if first and #jobs + passed > before then
        claim.line_turn = redis.call('HINCRBY', claim.meta, 'turn', 1)
        redis.call('HSET', claim.meta, 'line_turn', claim.line_turn)
      end
    end
    groups = groups_to_start(claim)
  until drained or full or #jobs + passed == before or #jobs == limit
    or passed >= claim.sweep_max
end
