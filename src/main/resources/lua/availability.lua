-- Looks whether some instance or remote worker says that it runs jobs of a queue and handler.
-- KEYS     serving, served, texts of what is served
-- ARGV     queue, handler, most entries of each that there can be
-- Changes  nothing
-- Returns  'served' (also if not everybody found room to say what it serves), 'no-handler' or 'no-queue'
-- Repeat   safe: it reads
--#include time
local serving, served, texts = KEYS[1], KEYS[2], KEYS[3]
local queue, handler, most, most_served = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

local function names(list, name)
  return list == '*' or string.find(',' .. list .. ',', ',' .. name .. ',', 1, true) ~= nil
end

local after = '(' .. string.format('%.0f', now_ms())
local entries = redis.call('ZRANGEBYSCORE', serving, after, '+inf', 'LIMIT', 0, most)
local remote = redis.call('ZRANGEBYSCORE', served, after, '+inf', 'LIMIT', 0, most_served)
if #entries >= most or #remote >= most_served then
  return 'served'
end
for _, text in ipairs(#remote > 0 and redis.call('HMGET', texts, unpack(remote)) or {}) do
  entries[#entries + 1] = text or nil
end
local reply = 'no-queue'
for _, entry in ipairs(entries) do
  local queues, handlers = string.match(entry, '^(%S+) (%S*)$')
  if queues and names(queues, queue) then
    if names(handlers, handler) then
      return 'served'
    end
    reply = 'no-handler'
  end
end
return reply
