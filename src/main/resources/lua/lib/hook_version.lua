-- The version of all hooks, which buckets know them by: a later one is higher, also if Redis has lost the latest ones.
--#include time
local function next_hook_version(meta, seen)
  local version = tonumber(redis.call('HGET', meta, 'hooks_version') or 0)
  version = string.format('%.0f', math.max(now_ms(), version + 1, (seen or 0) + 1))
  redis.call('HSET', meta, 'hooks_version', version)
  return version
end
