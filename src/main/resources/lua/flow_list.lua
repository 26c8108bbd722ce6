-- Reads some flows of a bucket without their jobs, the latest first.
-- KEYS     all flows
-- ARGV     flow key prefix, most flows, where the last page ended: time in ms and id (both empty for the first), state: running, succeeded,
--          failed, or '' for any
-- Changes  nothing
-- Returns  {time and id of the last flow looked at, or both '' if none comes after it, then for each flow {id, created_at, ended_at or '', jobs, how
--          many of them have not ended, how many are dead or cancelled, names of their queues with spaces between}}; flows that are over for as long as they are kept are left out
-- Repeat   safe: it reads
--#include page
--#include time
local all = KEYS[1]
local prefix, most, cursor_time, cursor_id, wanted = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]
-- Flows, and jobs of those that are shown, in one call.
local MOST_LOOKED_AT, MOST_JOBS = 200, 2000
local now = now_ms()

local function state_of(ended_at, failed)
  return not ended_at and 'running' or tonumber(failed or 0) == 0 and 'succeeded' or 'failed'
end

local function queues_of(flow, size)
  local names, known = {}, {}
  for i = 0, size - 1 do
    local queue = string.match(redis.call('HGET', flow, 'd:' .. i) or '', '^%S+')
    if queue and not known[queue] then
      known[queue] = true
      names[#names + 1] = queue
    end
  end
  return table.concat(names, ' ')
end

local page, after = read_page(all, -1, wanted == '' and most or MOST_LOOKED_AT, cursor_time, cursor_id)
local reply, jobs, last = { '', '' }, 0, 0
for i = 1, #page, 2 do
  if #reply - 2 >= most or jobs >= MOST_JOBS then
    break
  end
  local flow = redis.call('HMGET', prefix .. page[i], 'created_at', 'ended_at', 'size', 'open', 'failed', 'kept_until')
  local kept_until = tonumber(flow[6] or math.huge)
  if flow[1] and kept_until > now and (wanted == '' or state_of(flow[2], flow[5]) == wanted) then
    local size = tonumber(flow[3])
    reply[#reply + 1] = { page[i], flow[1], flow[2] or '', size, tonumber(flow[4]), tonumber(flow[5] or 0),
      queues_of(prefix .. page[i], size) }
    jobs = jobs + size
  end
  last = i + 1
end
if last > 0 and (after > 0 or last < #page) then
  reply[1], reply[2] = page[last], page[last - 1]
end
return reply
