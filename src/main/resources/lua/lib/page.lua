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

-- Up to limit members of a set behind a cursor (score and id, both empty for the start) in one direction (1: lowest score
-- first, -1: highest first), each followed by its score; and how many come after them.
local function read_page(set, direction, limit, cursor_score, cursor_id)
  local last = redis.call('ZCARD', set) - 1
  local start = direction == 1 and 0 or last
  if cursor_id ~= '' then
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
