-- Puts what should be a job but cannot be read among the dead, where people find it and nobody stumbles over it again.
-- The unreadable original stays beside it until the dead job is pruned, and so does a payload that can be read.
--#include fields
--#include errors
--#include keys
--#include payload
--#include groups
--#include job_ended
--#include private
local function set_aside(prefix, corrupt_prefix, dead, id, now, reason)
  local key = prefix .. id
  local kept = redis.pcall('HMGET', key, 'turn', CLAIMS, VERSION, 'by')
  if redis.call('EXISTS', key) == 1 then
    redis.call('RENAME', key, corrupt_prefix .. id)
  end
  redis.call('HSET', key, 'state', 'dead', SPEC, '0 1 1 f:0 unreadable', SEQ, 0,
    ENQUEUED_AT, now, FINISHED_AT, now, 'errors', with_error(nil, 0, now, 'unreadable', reason))
  redis.call('ZADD', dead, now, id)
  if not payload_of(prefix, id) then
    redis.call('SET', payload_key(prefix, id), 'null')
  end
  free_slot(prefix, id)
  for i, name in ipairs({ 'turn', CLAIMS, VERSION }) do
    if not kept.err and tonumber(kept[i] or '') then
      redis.call('HSET', key, name, kept[i])
    end
  end
  if not kept.err and kept[4] then
    redis.call('HSET', key, 'by', kept[4])
  end
  job_ended(prefix, id, 'dead', now)
  if is_private(prefix) then
    redis.call('PEXPIRE', dead, PRIVATE_TTL_MS)
    redis.call('PEXPIRE', key, PRIVATE_TTL_MS)
    redis.call('PEXPIRE', payload_key(prefix, id), PRIVATE_TTL_MS)
  end
end
