-- A job that was dead is dead no more: its group of errors has one job less, and is gone without any. See error_groups.lua.
--#include keys
local function left_dead(prefix, id)
  local key, groups = prefix .. id, base_of(prefix) .. 'errors'
  local fingerprint = redis.pcall('HGET', key, 'error')
  if type(fingerprint) ~= 'string' then
    return
  end
  redis.call('HDEL', key, 'error')
  local jobs, rest = string.match(redis.call('HGET', groups, fingerprint) or '', '^(%d+)( .*)$')
  if jobs and tonumber(jobs) > 1 then
    redis.call('HSET', groups, fingerprint, string.format('%.0f', jobs - 1) .. rest)
  elseif jobs then
    redis.call('HDEL', groups, fingerprint)
    redis.call('ZREM', groups .. ':seen', fingerprint)
  end
end
