-- Strikes off changes of which the other store of a mirrored queue has heard.
-- KEYS     outbox
-- ARGV     for each: id, order as it was read
-- Changes  the outbox, but for jobs that have changed since
-- Returns  how many are left
-- Repeat   safe: what is there the second time has changed since
local outbox = KEYS[1]
for i = 1, #ARGV, 2 do
  local id, order = ARGV[i], ARGV[i + 1]
  if tonumber(redis.call('ZSCORE', outbox, id) or '') == tonumber(order) then
    redis.call('ZREM', outbox, id)
  end
end
return redis.call('ZCARD', outbox)
