-- Notes down jobs of a mirrored queue of which the other store is to hear.
-- KEYS     meta
-- ARGV     job key prefix; then ids
-- Changes  the outbox, if the queue is mirrored
-- Returns  the latest change
-- Repeat   safe: each is there once
--#include keys
--#include outbox
local meta = KEYS[1]
local base, ids = base_of(ARGV[1]), {}
for i = 2, #ARGV do
  local id = ARGV[i]
  ids[#ids + 1] = id
end
if #ids > 0 and redis.call('HEXISTS', meta, 'mirror') == 1 then
  to_outbox(base, ids)
end
return tonumber(redis.call('HGET', meta, 'changes') or 0)
