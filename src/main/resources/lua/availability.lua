-- Looks whether some instance says that it runs jobs of a queue and handler.
-- KEYS     serving
-- ARGV     queue, handler, most entries there can be
-- Changes  nothing
-- Returns  'served' (also if not every instance found room to say what it serves), 'no-handler' or 'no-queue'
-- Repeat   safe: it reads
--#include time
local serving = KEYS[1]
local queue, handler, most = ARGV[1], ARGV[2], tonumber(ARGV[3])

local function names(list, name)
  return list == '*' or string.find(',' .. list .. ',', ',' .. name .. ',', 1, true) ~= nil
end

local entries = redis.call('ZRANGEBYSCORE', serving, '(' .. string.format('%.0f', now_ms()), '+inf', 'LIMIT', 0, most)
if #entries >= most then
  return 'served'
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
