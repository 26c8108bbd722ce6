-- What an enqueue answers about jobs that are there.
--#include bytes
--#include batch

-- The answer about a job that is there, perhaps one that this call has added: whole, with payload and result.
local function there(id)
  --#include job_fields
  --#include payload
  store_payloads()
  local fields = redis.pcall('HMGET', prefix .. id, unpack(JOB_FIELDS))
  local payload = payload_of(prefix, id)
  if fields.err then
    return { 0, id, payload, {} }
  end
  bytes = bytes + bytes_of(fields) + (payload and #payload or 0)
  return { 0, id, payload, fields }
end
