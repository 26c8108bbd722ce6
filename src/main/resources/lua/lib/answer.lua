-- What this claim answers.
-- Of the jobs in it: id, payload and fields of each; ids; bytes.
local jobs, ids, bytes = {}, {}, 0
-- Ends of leases that last longer than the claim asks for, by the id of the job.
local longer = {}
-- Whether there was one job too many for it. That one stayed where it was.
local full = false

-- Bytes of what a job has while it waits, for its lease must not make it larger.
local function size_of(payload, spec, errors)
  return (payload and #payload or 0) + (spec and #spec or 0) + (errors and #errors or 0)
end

-- Whether there is room for one more; the first always has room.
local function fits(size, most_bytes)
  if #ids > 0 and bytes + size > most_bytes then
    full = true
    return false
  end
  bytes = bytes + size
  return true
end

local function add_to_answer(id, payload, job)
  local at = #jobs
  jobs[at + 1], jobs[at + 2], jobs[at + 3] = id, payload, job
  ids[#ids + 1] = id
end

-- The end of the leases and an id, again and again: the last id first. Members of one score are in the order of their bytes, that of ids
-- is mostly the order in which they were made, and a small set is searched from its beginning.
local function leases_until(expiry_text)
  local leases = {}
  for i = #ids, 1, -1 do
    leases[#leases + 1] = longer[ids[i]] or expiry_text
    leases[#leases + 1] = ids[i]
  end
  return leases
end
