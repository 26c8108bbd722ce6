-- The earliest time in a set of ids by time; far away if it is empty.
local function first_at(set)
  return tonumber(redis.call('ZRANGE', set, 0, 0, 'WITHSCORES')[2] or math.huge)
end
