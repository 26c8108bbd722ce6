-- Reads which workers are drained and which handlers are known, unless there is nothing new.
-- KEYS     meta of settings, drains, handlers, instances
-- ARGV     the versions that are known, of drains and of handlers
-- Changes  nothing
-- Returns  {how many instances are drained, version of drains, version of handlers, {kind and name, for how many ms more, ...} of the workers that are
--          drained, handlers}; of a version that is known nothing
-- Repeat   safe: it reads
--#include time
local meta, drains, handlers, instances = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local known_drains, known_handlers = ARGV[1], ARGV[2]
local now = now_ms()
local versions = redis.call('HMGET', meta, 'drains_version', 'known_handlers_version')
local reply = { 0, versions[1] or '', versions[2] or '', {}, {} }

local drained = redis.call('ZRANGEBYSCORE', drains, string.format('(%.0f', now), '+inf', 'WITHSCORES')
for i = 1, #drained, 2 do
  local instance = string.match(drained[i], '^instance (.+)$')
  if instance and tonumber(redis.call('ZSCORE', instances, instance) or 0) > now then
    reply[1] = reply[1] + 1
  end
  drained[i + 1] = string.format('%.0f', drained[i + 1] - now)
end
if reply[2] ~= known_drains then
  reply[4] = drained
end
if reply[3] ~= known_handlers then
  reply[5] = redis.call('ZRANGE', handlers, 0, -1)
end
return reply
