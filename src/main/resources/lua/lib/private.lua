-- Keys of a private queue (see QueueName) live this long after the script that wrote them, and no longer: their instance
-- may be killed at any moment, and nobody else looks after them.
local PRIVATE_TTL_MS = 300000

local function is_private(job_prefix)
  return string.find(job_prefix, '{mainstay.canary.', 1, true)
end

local function expire_if_private(job_prefix, keys)
  if is_private(job_prefix) then
    for _, key in ipairs(keys) do
      redis.call('PEXPIRE', key, PRIVATE_TTL_MS)
    end
  end
end
