-- Deletes a hook.
-- KEYS     declared, disabled, meta
-- ARGV     name
-- Changes  atomically: the hook, bytes and version in meta, if it is there
-- Returns  1
-- Repeat   safe: the second time there is nothing to delete
--#include hook_version
local declared, disabled, meta = KEYS[1], KEYS[2], KEYS[3]
local name = ARGV[1]
local before = redis.call('HGET', declared, name)
if before then
  redis.call('HDEL', declared, name)
  redis.call('HDEL', disabled, name)
  redis.call('HINCRBY', meta, 'hooks_bytes', -#before)
  next_hook_version(meta)
end
return 1
