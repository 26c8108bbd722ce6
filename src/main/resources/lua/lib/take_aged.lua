-- Takes jobs of lower priorities that have aged in place of the last of those taken. claim: see hand_out.lua.
--#include fields
--#include order

-- The first few of each lower priority, those that came first before others.
local function lower_heads(lines, last_tier, quota)
  local heads = {}
  for _, line in ipairs(lines) do
    for tier = last_tier + 1, 9 do
      local found = redis.call('ZRANGEBYSCORE', line.key, string.format('%.0f', tier * TIER),
        '(' .. string.format('%.0f', (tier + 1) * TIER), 'WITHSCORES', 'LIMIT', 0, quota)
      for i = 1, #found, 2 do
        heads[#heads + 1] = { id = found[i], score = found[i + 1], seq = found[i + 1] - tier * TIER, line = line }
      end
    end
  end
  table.sort(heads, function(a, b) return a.seq < b.seq end)
  return heads
end

-- Takes it in place of the last one, unless its target has no room for it.
local function swap(taken, head)
  local popped, last = taken.popped, taken.of.all or taken.of[#taken.of]
  if head.line ~= last then
    if head.line.taken >= head.line.room then
      return false
    end
    head.line.taken, last.taken = head.line.taken + 1, last.taken - 1
  end
  redis.call('ZREM', head.line.key, head.id)
  redis.call('ZADD', last.key, table.remove(popped), table.remove(popped))
  taken.of[#taken.of] = nil
  return true
end

-- before: how many were counted before these.
local function take_aged(claim, taken, lines, before, quota)
  local last_tier = math.floor(taken.popped[#taken.popped] / TIER)
  local aged = {}
  for _, head in ipairs(lower_heads(lines, last_tier, quota)) do
    if #aged >= quota then
      break
    end
    local times = redis.pcall('HMGET', claim.prefix .. head.id, RUN_AT, ENQUEUED_AT)
    local since = not times.err and tonumber(times[1] or times[2] or '')
    -- From the future: Redis's clock has stepped back since.
    if since and (claim.now - since >= claim.aging_ms or since > claim.now) and swap(taken, head) then
      aged[#aged + 1] = head
    end
  end
  for i, head in ipairs(aged) do
    local at = i * AGED_SHARE - before % AGED_SHARE
    table.insert(taken.popped, 2 * at - 1, head.id)
    table.insert(taken.popped, 2 * at, head.score)
    if not taken.of.all then
      table.insert(taken.of, at, head.line)
    end
  end
end
