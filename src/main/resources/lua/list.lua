-- Reads one page of a state's jobs.
-- KEYS     the state's set
-- ARGV     job key prefix, direction (1: lowest score first, -1: highest first), most jobs, where the last page
--          ended: score and id (both empty for the first page), most bytes, 1 to have the payloads or '', 1 to have the
--          results or ''
-- Changes  nothing
-- Returns  {score of the page's last job, or '' if no job comes after it, then for each job {id, payload or '', bytes of the
--          payload, bytes of the result, SMALL_FIELDS and the result, score}}; it ends before the job that would be too many bytes,
--          but has at least one; the fields of a job that cannot be read are empty
-- Repeat   safe: it reads
--#include page
--#include keys
--#include payload
--#include small_fields
--#include job_field
local set = KEYS[1]
local prefix, direction, limit, cursor_score, cursor_id = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]
local most_bytes, with_payload, with_result = tonumber(ARGV[6]), ARGV[7] == '1', ARGV[8] == '1'

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

local page, after = read_page(set, direction, limit, cursor_score, cursor_id)
local reply, bytes, last = { '' }, 0, 0
for i = 1, #page, 2 do
  local job, more = read(page[i], i == 1 and math.huge or most_bytes - bytes)
  if not job then
    break
  end
  job[6] = page[i + 1]
  reply[#reply + 1] = job
  bytes, last = bytes + more, i + 1
end
if after > 0 or last < #page then
  reply[1] = page[last]
end
return reply
