-- Takes up to so many jobs from the front of a line: the highest priority first, but every eighth of a line with several
-- is the one that has waited longest of the lower ones, once it has waited for so long that it has aged. Wants
-- ready.lua. Returns ids, each followed by its score, and whether they were counted as taken while lower ones waited. An
-- aged one is in its place among those counted, so that the first few of them are what a claim of fewer would have got.
local AGED_SHARE = 8

-- before: how many were counted before these.
local function take_aged(set, popped, before, quota, prefix, now, aging_ms)
  local last_tier = math.floor(popped[#popped] / TIER)
  local heads = {}
  for tier = last_tier + 1, 9 do
    local found = redis.call('ZRANGEBYSCORE', set, string.format('%.0f', tier * TIER),
      '(' .. string.format('%.0f', (tier + 1) * TIER), 'WITHSCORES', 'LIMIT', 0, quota)
    for i = 1, #found, 2 do
      heads[#heads + 1] = { id = found[i], score = found[i + 1], seq = found[i + 1] - tier * TIER }
    end
  end
  table.sort(heads, function(a, b) return a.seq < b.seq end)
  local aged = {}
  for _, head in ipairs(heads) do
    local times = redis.pcall('HMGET', prefix .. head.id, 'run_at', 'enqueued_at')
    local since = not times.err and tonumber(times[1] or times[2] or '')
    -- From the future: Redis's clock has stepped back since.
    if #aged < quota and since and (now - since >= aging_ms or since > now) then
      redis.call('ZREM', set, head.id)
      redis.call('ZADD', set, table.remove(popped), table.remove(popped))
      aged[#aged + 1] = head
    end
  end
  for i, head in ipairs(aged) do
    local at = 2 * (i * AGED_SHARE - before % AGED_SHARE) - 1
    table.insert(popped, at, head.id)
    table.insert(popped, at + 1, head.score)
  end
end

local function take(set, count, prefix, meta, now, aging_ms)
  local popped = redis.call('ZPOPMIN', set, count)
  if #popped < 2 * count then
    return popped, false
  end
  local last = redis.call('ZRANGE', set, -1, -1, 'WITHSCORES')[2]
  local last_tier = last and math.floor(last / TIER)
  if last_tier and last_tier > math.floor(popped[#popped] / TIER) then
    local mixed = redis.call('HINCRBY', meta, 'mixed', count)
    local quota = math.floor(mixed / AGED_SHARE) - math.floor((mixed - count) / AGED_SHARE)
    if quota > 0 then
      take_aged(set, popped, mixed - count, quota, prefix, now, aging_ms)
    end
    return popped, true
  end
  return popped, false
end
