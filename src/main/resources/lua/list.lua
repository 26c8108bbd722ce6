-- Reads one page of a state's jobs.
-- KEYS     the state's set
-- ARGV     job key prefix, direction (1: lowest score first, -1: highest first), most jobs, and where the last page
--          ended: score and id (both empty for the first page)
-- Changes  nothing
-- Returns  {score of the page's last job, or '' if no job comes after it, then for each job {id, payload, JOB_FIELDS}}; the fields
--          of a job that cannot be read are empty
--#include page
--#include payload
local set = KEYS[1]
local prefix, direction, limit, cursor_score, cursor_id = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]

local page, after = read_page(set, direction, limit, cursor_score, cursor_id)
local reply = { after > 0 and page[#page] or '' }
for i = 1, #page, 2 do
  local job = redis.pcall('HMGET', prefix .. page[i], unpack(JOB_FIELDS))
  reply[#reply + 1] = { page[i], payload_of(prefix, page[i]), job.err and {} or job }
end
return reply
