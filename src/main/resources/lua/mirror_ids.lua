-- Reads a page of the jobs of a mirrored queue in one state, or of its copies, with their versions.
-- KEYS     the state's set, or held
-- ARGV     job key prefix, most jobs, where the last page ended: score and id (both empty for the start)
-- Changes  nothing
-- Returns  {score and id of the last one, or '' if none comes after it, then of each id and version}
-- Repeat   safe: it reads
--#include fields
--#include page
local set = KEYS[1]
local prefix, most, score, after_id = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local page, after = read_page(set, 1, most, score, after_id)
local more = after > 0 and #page > 0
local replies = { more and page[#page] or '', more and page[#page - 1] or '' }
for i = 1, #page, 2 do
  local version = redis.pcall('HGET', prefix .. page[i], VERSION)
  replies[#replies + 1] = page[i]
  replies[#replies + 1] = type(version) == 'string' and version or '0'
end
return replies
