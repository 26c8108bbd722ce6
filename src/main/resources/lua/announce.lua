-- Notes down what some instance serves. Instances that serve the same share an entry, so there are as many as there are
-- different configurations.
-- KEYS     serving
-- ARGV     what is served: queues (or *) and handlers, a space between, commas within; for how many ms that is valid;
--          most entries there can be
-- Changes  the entry's end; if it is new, strikes off a bounded number of entries that are over
-- Returns  1, or 0 if there are too many entries
-- Repeat   safe: it sets the end to the same distance from now
--#include time
--#include when_full
local serving = KEYS[1]
local entry, valid_ms, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local MOST_STRUCK_OFF = 100
local now = now_ms()
-- Else explain would say that nobody serves what instances go on running.
go_on_when_full(serving)
-- Valid for longer than is ever said: Redis's clock has stepped back since.
for _, other in ipairs(redis.call('ZRANGEBYSCORE', serving, string.format('(%.0f', now + valid_ms), '+inf',
  'LIMIT', 0, MOST_STRUCK_OFF)) do
  redis.call('ZADD', serving, now + valid_ms, other)
end
if redis.call('ZADD', serving, now + valid_ms, entry) == 0 then
  return 1
end
local over = redis.call('ZRANGEBYSCORE', serving, '-inf', now, 'LIMIT', 0, MOST_STRUCK_OFF)
if #over > 0 then
  redis.call('ZREM', serving, unpack(over))
end
if redis.call('ZCARD', serving) > most then
  redis.call('ZREM', serving, entry)
  return 0
end
return 1
