-- Reads one page of schedules, by name.
-- KEYS     names
-- ARGV     schedule key prefix, name where the last page ended ('' for the first page), most schedules
-- Changes  nothing
-- Returns  {1 if more come after the page, then for each schedule {name, SCHEDULE_FIELDS}}
--#include schedule
local names = KEYS[1]
local prefix, after, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])

local from = after == '' and '-' or '(' .. after
local page = redis.call('ZRANGEBYLEX', names, from, '+', 'LIMIT', 0, limit + 1)
local reply = { #page > limit and 1 or 0 }
for i = 1, math.min(#page, limit) do
  reply[#reply + 1] = { page[i], read_schedule(prefix .. page[i]) }
end
return reply
