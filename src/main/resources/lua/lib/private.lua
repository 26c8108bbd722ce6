-- Keys of a private queue (see QueueName) live this long after the script that wrote them, and no longer: their instance
-- may be killed at any moment, and nobody else looks after them.
--#include keys
local PRIVATE_TTL_MS = 300000

local function is_private(base)
  return string.find(base, '}:mainstay.canary.', 1, true)
end

-- Of all other queues nothing expires here. ids_from, step: where in ARGV the ids of written jobs are, if any.
local function expire_if_private(job_prefix, keys, ids_from, step)
  if not is_private(job_prefix) then
    return
  end
  for _, key in ipairs(keys) do
    redis.call('PEXPIRE', key, PRIVATE_TTL_MS)
  end
  for i = ids_from or #ARGV + 1, #ARGV, step or 1 do
    local id = ARGV[i]
    redis.call('PEXPIRE', job_prefix .. id, PRIVATE_TTL_MS)
    redis.call('PEXPIRE', payload_key(job_prefix, id), PRIVATE_TTL_MS)
  end
end
