-- The turn of a group in a claim. claim: see hand_out.lua.
--#include groups
--#include slots
--#include order
--#include take
--#include hand_out
--#include group_rate

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
