-- Sets how many jobs may wait in a queue.
-- KEYS     meta
-- ARGV     the number, or '' for the default
-- Changes  the limit; jobs that wait already stay
-- Returns  1
-- Repeat   safe: it sets the limit again
local meta = KEYS[1]
local limit = ARGV[1]
if limit == '' then
  redis.call('HDEL', meta, 'max_waiting')
else
  redis.call('HSET', meta, 'max_waiting', limit)
end
return 1
