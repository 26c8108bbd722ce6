-- Reads one page of a state's jobs: all of them, or those that match.
-- KEYS     the state's set
-- ARGV     job key prefix, direction (1: lowest score first, -1: highest first), most jobs, where the last page
--          ended: score and id (both empty for the first page), most bytes, 1 to have the payloads or '', 1 to have the
--          results or '', how many jobs to look at, '' to have them all, else 1; then what to match, see lib/matching.lua
-- Changes  nothing
-- Returns  {score and id of the last job looked at, or both '' if none comes after it, then for each job {id, payload or '', bytes of the
--          payload, bytes of the result, SMALL_FIELDS and the result, score}}; it ends before the job that would be too many bytes,
--          but has at least one, if one was found; the fields of a job that cannot be read are empty
-- Repeat   safe: it reads
--#include page
--#include keys
--#include payload
--#include small_fields
--#include job_field
--#include matching
local set = KEYS[1]
local prefix, direction, limit, cursor_score, cursor_id = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]
local most_bytes, with_payload, with_result = tonumber(ARGV[6]), ARGV[7] == '1', ARGV[8] == '1'
local look_at, filtered = tonumber(ARGV[9]), ARGV[10] == '1'
local filter = filter_of(ARGV[11], ARGV[12], ARGV[13], ARGV[14], ARGV[15], ARGV[16])
local FIRST = 3

local function size_of(command, ...)
  local size = redis.pcall(command, ...)
  return type(size) == 'number' and size or 0
end

-- The job as it is answered, and what it takes of the page.
local function read(id, room)
  local fields = redis.pcall('HMGET', prefix .. id, unpack(SMALL_FIELDS))
  if fields.err then
    return { id, '', 0, 0, {} }, 0
  end
  local payload, result = size_of('STRLEN', payload_key(prefix, id)), size_of('HSTRLEN', prefix .. id, 'result')
  local bytes = (with_payload and payload or 0) + (with_result and result or 0)
  for _, value in ipairs({ fields[JOB_FIELD.spec] or '', fields[JOB_FIELD.errors] or '', fields[JOB_FIELD.progress] or '' }) do
    bytes = bytes + #value
  end
  if bytes <= room then
    if with_result then
      fields[JOB_FIELD.result] = redis.call('HGET', prefix .. id, 'result')
    end
    return { id, with_payload and payload_of(prefix, id) or '', payload, result, fields }, bytes
  end
end

local page, after = read_page(set, direction, look_at, cursor_score, cursor_id)
local reply, bytes, last, error_bytes = { '', '' }, 0, 0, 0
for i = 1, #page, 2 do
  if #reply - FIRST + 1 >= limit or error_bytes >= MOST_ERROR_BYTES then
    break
  end
  local wanted = true
  if filtered then
    local _, read_bytes
    wanted, _, read_bytes = match(filter, prefix .. page[i])
    error_bytes = error_bytes + read_bytes
  end
  if wanted then
    local job, more = read(page[i], #reply < FIRST and math.huge or most_bytes - bytes)
    if not job then
      break
    end
    job[6] = page[i + 1]
    reply[#reply + 1] = job
    bytes = bytes + more
  end
  last = i + 1
end
if last > 0 and (after > 0 or last < #page) then
  reply[1], reply[2] = page[last], page[last - 1]
end
return reply
