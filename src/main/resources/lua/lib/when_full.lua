-- A Redis that has reached maxmemory refuses commands that may need memory, but not within a script that has written
-- already: that one is to end as a whole. Scripts that hand out and end jobs must go on then, for only ended jobs free
-- memory. So they write before all else, something that needs none and changes nothing.
local function go_on_when_full(set)
  redis.call('ZREM', set, '')
end
