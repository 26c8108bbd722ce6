-- Reads a flow, or the parents of one of its jobs.
-- KEYS     flow
-- ARGV     index of the job whose parents are asked for, or ''; how many of them, or of all jobs, to leave out
-- Changes  nothing
-- Returns  nothing if there is no such flow or job; else {created_at, ended_at or '', 1 if there are more, and for as many jobs as an
--          answer of MOST_BYTES has room for, at least one, {index, definition, parents, what is known of it, result}}; results of
--          parents only: '' if there is none, 'r' and JSON text, 'l' if it was left out
-- Repeat   safe: it reads
--#include bytes
--#include time
--#include flow_over
local flow = KEYS[1]
local child, skip = ARGV[1], tonumber(ARGV[2])
local times = redis.call('HMGET', flow, 'created_at', 'ended_at', 'size')
local reply, bytes, seen = { times[1], times[2] or '', 0 }, 0, 0

local function read(i, result)
  seen = seen + 1
  if seen <= skip then
    return
  elseif bytes >= MOST_BYTES then
    reply[3] = 1
    return
  end
  local node = redis.call('HMGET', flow, 'd:' .. i, 'p:' .. i, 's:' .. i, result and 'r:' .. i or 'no')
  bytes = bytes + bytes_of(node)
  reply[#reply + 1] = { tostring(i), node[1], node[2], node[3], node[4] or '' }
end

if not times[1] or past_its_time(flow, now_ms()) then
  return {}
end
if child == '' then
  for i = 0, tonumber(times[3]) - 1 do
    read(i, false)
  end
  return reply
end
local parents = redis.call('HGET', flow, 'p:' .. child)
if not parents then
  return {}
end
for i in string.gmatch(parents, '%d+') do
  read(i, true)
end
return reply
