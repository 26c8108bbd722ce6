-- Takes jobs from the front of a line: the highest priority first, but every eighth of a line with several is the one that
-- has waited longest of the lower ones, once it has waited for so long that it has aged. An aged one is in its place among
-- those counted, so that the first few of them are what a claim of fewer would have got. claim: see hand_out.lua.
--#include fields
--#include order
local AGED_SHARE = 8

-- before: how many were counted before these.
local function take_aged(claim, line, popped, before, quota)
  local last_tier = math.floor(popped[#popped] / TIER)
  local heads = {}
  for tier = last_tier + 1, 9 do
    local found = redis.call('ZRANGEBYSCORE', line, string.format('%.0f', tier * TIER),
      '(' .. string.format('%.0f', (tier + 1) * TIER), 'WITHSCORES', 'LIMIT', 0, quota)
    for i = 1, #found, 2 do
      heads[#heads + 1] = { id = found[i], score = found[i + 1], seq = found[i + 1] - tier * TIER }
    end
  end
  table.sort(heads, function(a, b) return a.seq < b.seq end)
  local aged = {}
  for _, head in ipairs(heads) do
    local times = redis.pcall('HMGET', claim.prefix .. head.id, RUN_AT, ENQUEUED_AT)
    local since = not times.err and tonumber(times[1] or times[2] or '')
    -- From the future: Redis's clock has stepped back since.
    if #aged < quota and since and (claim.now - since >= claim.aging_ms or since > claim.now) then
      redis.call('ZREM', line, head.id)
      redis.call('ZADD', line, table.remove(popped), table.remove(popped))
      aged[#aged + 1] = head
    end
  end
  for i, head in ipairs(aged) do
    local at = 2 * (i * AGED_SHARE - before % AGED_SHARE) - 1
    table.insert(popped, at, head.id)
    table.insert(popped, at + 1, head.score)
  end
end

-- Up to so many ids, each followed by its score, and whether they were counted as taken while lower ones waited.
local function take(claim, line, count)
  local popped = redis.call('ZPOPMIN', line, count)
  if #popped < 2 * count then
    return popped, false
  end
  local last = redis.call('ZRANGE', line, -1, -1, 'WITHSCORES')[2]
  local last_tier = last and math.floor(last / TIER)
  if last_tier and last_tier > math.floor(popped[#popped] / TIER) then
    local mixed = redis.call('HINCRBY', claim.meta, 'mixed', count)
    local quota = math.floor(mixed / AGED_SHARE) - math.floor((mixed - count) / AGED_SHARE)
    if quota > 0 then
      take_aged(claim, line, popped, mixed - count, quota)
    end
    return popped, true
  end
  return popped, false
end

-- Puts back what was taken of a line, from a place on, as if it had not been: also its share of those that have aged.
local function put_back(claim, line, popped, from, mixed)
  local members = {}
  for i = from, #popped, 2 do
    members[#members + 1] = popped[i + 1]
    members[#members + 1] = popped[i]
  end
  redis.call('ZADD', line, unpack(members))
  if mixed then
    redis.call('HINCRBY', claim.meta, 'mixed', -#members / 2)
  end
end
