-- Says under which token a claimant's latest claim of a queue leased jobs, if their leases may still last.
-- KEYS     meta, receipts
-- ARGV     claimant
-- Changes  when the queue was looked at last, if its clock has stepped (see clock.lua)
-- Returns  the token, or nil
-- Repeat   safe: it answers how things are
--#include time
--#include clock
local meta, receipts = KEYS[1], KEYS[2]
local claimant = ARGV[1]
local receipt = redis.call('HGET', receipts, claimant)
if not receipt then
  return false
end
local now = now_ms()
local clock = look_at_clock(meta, redis.call('HGET', meta, 'clock'), now)
local token, until_ms = string.match(receipt, '^(%S+) (%d+)')
return token and tonumber(until_ms) > now + clock.offset and token
