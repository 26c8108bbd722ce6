-- Deletes ended jobs of one state that match, a bounded number. Those of flows that are owed news of them stay.
-- KEYS     the state's set, receipts, meta
-- ARGV     as in lib/bulk.lua; then corrupt key prefix, unique key prefix, ms since their end that ids which callers chose
--          are remembered, the same of other ids, whose enqueue may be under way again, how many at most
-- Changes  atomically: the set, the job hashes and payloads, the unique keys they took last; what is remembered
-- Returns  as in lib/bulk.lua
-- Repeat   safe: the receipt answers it
--#include time
--#include bulk
--#include keys
--#include unique
--#include flow_owed
--#include remembered
--#include when_full
--#include error_left
local meta = KEYS[3]
local corrupt_prefix, unique_prefix = ARGV[14], ARGV[15]
local chosen_ms, other_ms, most_remembered = tonumber(ARGV[16]), tonumber(ARGV[17]), tonumber(ARGV[18])
local base = base_of(bulk.prefix)
go_on_when_full(bulk.set)
local now = now_ms()
local any_unique = redis.call('HGET', meta, 'unique')
local reply = for_many(now, function(key, id)
  if flow_is_owed(bulk.prefix, id) then
    return false
  end
  local ended_at = tonumber(redis.call('ZSCORE', bulk.set, id) or 0)
  remember(base, id, bulk.state, ended_at, chosen(key) and chosen_ms or other_ms, now)
  redis.call('ZREM', bulk.set, id)
  if any_unique then
    forget_key(unique_prefix, bulk.prefix, id)
  end
  if bulk.state == 'dead' then
    left_dead(bulk.prefix, id)
  end
  redis.call('UNLINK', key, payload_key(bulk.prefix, id), corrupt_prefix .. id)
end)
trim_remembered(base, most_remembered, now)
return reply
