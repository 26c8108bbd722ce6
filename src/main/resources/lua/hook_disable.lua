-- Disables a hook, as its receiver wants no more of it, unless it has changed since.
-- KEYS     declared, disabled, meta
-- ARGV     name, the token of the change that made it what it was, a token of this change
-- Changes  atomically: since when it is disabled, and the version in meta
-- Returns  1 if this call disabled it, else 0
-- Repeat   safe: the token of this change tells that it did
--#include time
--#include hook_version
local declared, disabled, meta = KEYS[1], KEYS[2], KEYS[3]
local name, seen, change = ARGV[1], ARGV[2], ARGV[3]
local _, made_by = string.match(redis.call('HGET', declared, name) or '', '^(%a+) (%S+)\n')
local since = redis.call('HGET', disabled, name)
if made_by ~= seen or since then
  return since and string.match(since, ' (%S+)$') == change and 1 or 0
end
redis.call('HSET', disabled, name, string.format('%.0f', now_ms()) .. ' ' .. change)
next_hook_version(meta)
return 1
