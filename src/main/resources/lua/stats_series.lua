-- Tells which series are told apart in some chunks of statistics.
-- KEYS     the series of each chunk
-- ARGV     none
-- Changes  nothing
-- Returns  for each chunk its series, each followed by its place; '+' is followed by 1 if there were others, which are in the total alone
-- Repeat   safe: reads
local replies = {}
for i = 1, #KEYS do
  local series = KEYS[i]
  replies[i] = redis.call('HGETALL', series)
end
return replies
