-- Makes or changes a hook; one that was disabled is enabled.
-- KEYS     declared, disabled, meta
-- ARGV     name, text, a token of this change, most hooks, most bytes of all
-- Changes  atomically: the hook, bytes and version in meta
-- Returns  'created', 'changed', 'unchanged', 'many' or 'large', the latter two if there are as many as may be
-- Repeat   safe: the hook has the token of the change that made it, and how it was answered
--#include hook_version
local declared, disabled, meta = KEYS[1], KEYS[2], KEYS[3]
local name, text, change = ARGV[1], ARGV[2], ARGV[3]
local most, most_bytes = tonumber(ARGV[4]), tonumber(ARGV[5])
local before = redis.call('HGET', declared, name)
local answered, made_by, known = string.match(before or '', '^(%a+) (%S+)\n(.*)$')
if made_by == change then
  return answered
elseif known == text and redis.call('HEXISTS', disabled, name) == 0 then
  return 'unchanged'
elseif not before and redis.call('HLEN', declared) >= most then
  return 'many'
end
local answer = before and 'changed' or 'created'
local value = answer .. ' ' .. change .. '\n' .. text
local bytes = tonumber(redis.call('HGET', meta, 'hooks_bytes') or 0) - (before and #before or 0) + #value
if bytes > most_bytes then
  return 'large'
end
redis.call('HSET', declared, name, value)
redis.call('HDEL', disabled, name)
redis.call('HSET', meta, 'hooks_bytes', bytes)
next_hook_version(meta)
return answer
