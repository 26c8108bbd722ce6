-- Byte order, as the set has it; Lua's own comparison follows the locale.
local function before(a, b)
  for i = 1, math.min(#a, #b) do
    if a:byte(i) ~= b:byte(i) then
      return a:byte(i) < b:byte(i)
    end
  end
  return #a < #b
end

-- How many members stand before (score, id); the member itself may be gone, so its rank cannot be asked for.
local function members_before(set, score, id)
  local low, high = redis.call('ZCOUNT', set, '-inf', '(' .. score), redis.call('ZCOUNT', set, '-inf', score)
  while low < high do
    local middle = math.floor((low + high) / 2)
    if before(redis.call('ZRANGE', set, middle, middle)[1], id) then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

-- As read_page, of one set.
local function read_one(set, direction, limit, cursor_score, cursor_id)
  local last = redis.call('ZCARD', set) - 1
  local start = direction == 1 and 0 or last
  if cursor_score ~= '' then
    start = members_before(set, cursor_score, cursor_id)
    if direction == -1 then
      start = start - 1
    elseif tonumber(redis.call('ZSCORE', set, cursor_id) or '') == tonumber(cursor_score) then
      -- It is still in its place; had it moved on, another job would stand here, and not be skipped.
      start = start + 1
    end
  end
  local page, after = {}, 0
  if direction == 1 then
    page = redis.call('ZRANGE', set, start, start + limit - 1, 'WITHSCORES')
    after = last - (start + limit - 1)
  elseif start >= 0 then
    page = redis.call('ZREVRANGE', set, last - start, last - start + limit - 1, 'WITHSCORES')
    after = start - limit + 1
  end
  return page, after
end

-- Up to limit members of a set behind a cursor (score and id, both empty for the start; an empty id stands before all others of its score)
-- in one direction (1: lowest score first, -1: highest first), each followed by its score; and how many come after them. What is ready stands in two sets.
local function read_page(set, direction, limit, cursor_score, cursor_id)
  local page, after = read_one(set, direction, limit, cursor_score, cursor_id)
  local apart = string.match(set, '^(.*:)ready$')
  apart = apart and apart .. 'apart'
  if not apart or redis.call('EXISTS', apart) == 0 then
    return page, after
  end
  local other, after_other = read_one(apart, direction, limit, cursor_score, cursor_id)
  local merged, i, j = {}, 1, 1
  while #merged < 2 * limit and (page[i] or other[j]) do
    local score, others = tonumber(page[i + 1]), tonumber(other[j + 1])
    if not others or score and (score < others or score == others and before(page[i], other[j])) then
      merged[#merged + 1], merged[#merged + 2] = page[i], page[i + 1]
      i = i + 2
    else
      merged[#merged + 1], merged[#merged + 2] = other[j], other[j + 1]
      j = j + 2
    end
  end
  return merged, math.max(after, 0) + math.max(after_other, 0) + (#page + #other - #merged) / 2
end
