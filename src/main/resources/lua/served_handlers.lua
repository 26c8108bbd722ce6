-- Reads which handlers some instance or remote worker has that says it serves a queue.
-- KEYS     serving, served, texts of what is served
-- ARGV     queue, most entries of each that there can be
-- Changes  nothing
-- Returns  lists of handlers, with commas between them; or 0 if not everybody found room to say what it serves
-- Repeat   safe: it reads
--#include time
local serving, served, texts = KEYS[1], KEYS[2], KEYS[3]
local queue, most, most_served = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

local after = '(' .. string.format('%.0f', now_ms())
local entries = redis.call('ZRANGEBYSCORE', serving, after, '+inf', 'LIMIT', 0, most)
local remote = redis.call('ZRANGEBYSCORE', served, after, '+inf', 'LIMIT', 0, most_served)
if #entries >= most or #remote >= most_served then
  return 0
end
for _, text in ipairs(#remote > 0 and redis.call('HMGET', texts, unpack(remote)) or {}) do
  entries[#entries + 1] = text or nil
end
local found = {}
for _, entry in ipairs(entries) do
  local queues, handlers = string.match(entry, '^(%S+) (%S*)$')
  if queues and (queues == '*' or string.find(',' .. queues .. ',', ',' .. queue .. ',', 1, true)) then
    found[#found + 1] = handlers
  end
end
return found
