-- Reads one page of schedules, by name.
-- KEYS     names
-- ARGV     schedule key prefix, name where the last page ended ('' for the first page), most schedules; fewer if they come to
--          MOST_BYTES before
-- Changes  nothing
-- Returns  {1 if more come after the page, then for each schedule {name, SCHEDULE_FIELDS}}
-- Repeat   safe: it reads
--#include bytes
--#include schedule
local names = KEYS[1]
local prefix, after, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])

local from = after == '' and '-' or '(' .. after
local page = redis.call('ZRANGEBYLEX', names, from, '+', 'LIMIT', 0, limit + 1)
local reply, bytes = { 0 }, 0
for i, name in ipairs(page) do
  if i > limit or bytes >= MOST_BYTES then
    reply[1] = 1
    break
  end
  local fields = read_schedule(prefix .. name)
  bytes = bytes + bytes_of(fields)
  reply[#reply + 1] = { name, fields }
end
return reply
