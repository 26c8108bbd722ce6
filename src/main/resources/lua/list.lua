-- Reads one page of a state's jobs.
-- KEYS     the state's set
-- ARGV     job key prefix, direction (1: lowest score first, -1: highest first), most jobs, and where the last page
--          ended: score and id (both empty for the first page)
-- Changes  nothing
-- Returns  {score of the page's last job, or '' if no job comes after it, then for each job {id, JOB_FIELDS}}; the fields
--          of a job that cannot be read are empty
local set = KEYS[1]
local prefix, direction, limit, cursor_score, cursor_id = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]

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
local function members_before(score, id)
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

local last = redis.call('ZCARD', set) - 1
local start = direction == 1 and 0 or last
if cursor_id ~= '' then
  start = members_before(cursor_score, cursor_id)
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
local reply = { after > 0 and page[#page] or '' }
for i = 1, #page, 2 do
  local job = redis.pcall('HMGET', prefix .. page[i], unpack(JOB_FIELDS))
  reply[#reply + 1] = { page[i], job.err and {} or job }
end
return reply
