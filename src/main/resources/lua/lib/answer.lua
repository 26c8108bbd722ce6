-- What this claim answers.
-- Of the jobs in it: themselves; ends of leases and ids; ids; bytes.
local jobs, expiries, ids, bytes = {}, {}, {}, 0
-- Whether there was one job too many for it. That one stayed where it was.
local full = false

-- Bytes of what a job has while it waits, for its lease must not make it larger.
local function size_of(payload, spec, errors)
  return (payload and #payload or 0) + (spec and #spec or 0) + (errors and #errors or 0)
end

-- Whether there is room for one more; the first always has room.
local function fits(size, most_bytes)
  if #jobs > 0 and bytes + size > most_bytes then
    full = true
    return false
  end
  bytes = bytes + size
  return true
end

local function add_to_answer(id, payload, job, expiry_text)
  jobs[#jobs + 1] = { id, payload, job }
  expiries[#expiries + 1] = expiry_text
  expiries[#expiries + 1] = id
  ids[#ids + 1] = id
end
