-- Notes down, where the copies are, that the owner of a mirrored queue works.
-- KEYS     meta
-- ARGV     the owner's epoch
-- Changes  meta's field alive, if it is the epoch of the copies
-- Returns  meta's field mirror, or ''
-- Repeat   safe: a repeat is later, and its caller has reached the owner before
--#include time
--#include mirror
local meta = KEYS[1]
local epoch = tonumber(ARGV[1])
local known = redis.call('HGET', meta, 'mirror')
local role, own_epoch = mirror_of(known)
if role == 'copy' and own_epoch == epoch then
  redis.call('HSET', meta, 'alive', string.format('%.0f', now_ms()))
end
return known or ''
