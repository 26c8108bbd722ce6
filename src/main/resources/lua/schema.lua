-- Says which schema the data have from now on, unless somebody else has said something new.
-- KEYS     schema
-- ARGV     what it was when it was read ('' for nothing), what it is to be
-- Changes  schema
-- Returns  1 if it is what it was to be, 0 if it had changed
-- Repeat   safe: the second time it is what it was to be
local key, before, after = KEYS[1], ARGV[1], ARGV[2]
local found = redis.call('GET', key) or ''
if found == before then
  redis.call('SET', key, after)
  return 1
end
return found == after and 1 or 0
