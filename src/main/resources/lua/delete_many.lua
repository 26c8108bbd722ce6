-- Deletes ended jobs of one state that match, a bounded number. Those of flows that are owed news of them stay.
-- KEYS     the state's set, receipts, meta
-- ARGV     as in lib/many.lua; then corrupt key prefix, unique key prefix
-- Changes  atomically: the set, the job hashes and payloads, the unique keys they took last
-- Returns  as in lib/many.lua
-- Repeat   safe: the receipt answers it
--#include time
--#include page
--#include ready
--#include kept
--#include many
--#include unique
--#include flow
--#include payload
local corrupt_prefix, unique_prefix = ARGV[12], ARGV[13]
local any_unique = redis.call('HGET', KEYS[3], 'unique')
return for_many(now_ms(), function(key, id)
  if flow_is_owed(many.prefix, id) then
    return false
  end
  redis.call('ZREM', many.set, id)
  if any_unique then
    forget_key(unique_prefix, many.prefix, id)
  end
  redis.call('UNLINK', key, payload_key(many.prefix, id), corrupt_prefix .. id)
end)
