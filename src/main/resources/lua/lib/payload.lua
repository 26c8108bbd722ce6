-- The payload of a job: a string beside its hash, so that nothing but a claim and a read of the job loads it.
--#include keys

-- False if there is none that can be read.
local function payload_of(prefix, id)
  local payload = redis.pcall('GET', payload_key(prefix, id))
  return type(payload) == 'string' and payload
end
