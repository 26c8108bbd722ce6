-- Deletes ended jobs of one state that are over their age or beyond the number kept, oldest first. Those of flows that are
-- owed news of them stay.
-- KEYS     the state's set, meta
-- ARGV     job key prefix, corrupt key prefix, greatest age in ms, most jobs kept, most jobs to delete now,
--          unique key prefix
-- Changes  atomically: the set, the job hashes and payloads, the unique keys they took last; receipts of
--          requests about many jobs that are over
-- Returns  how many were deleted
-- Repeat   safe: it deletes what is over the limits, nothing else
--#include time
--#include unique
--#include flow
--#include payload
--#include kept
local ended, meta = KEYS[1], KEYS[2]
local prefix, corrupt_prefix = ARGV[1], ARGV[2]
local unique_prefix = ARGV[6]
local max_age_ms, max_count, limit = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
strike_off_over(string.sub(prefix, 1, -5) .. 'many', now_ms(), limit)
local too_old = redis.call('ZCOUNT', ended, '-inf', now_ms() - max_age_ms)
local too_many = redis.call('ZCARD', ended) - max_count
local count = math.min(math.max(too_old, too_many), limit)
if count <= 0 then
  return 0
end
local ids = redis.call('ZRANGE', ended, 0, count - 1)
local any_unique = redis.call('HGET', meta, 'unique')
local deleted = {}
for _, id in ipairs(ids) do
  if not flow_is_owed(prefix, id) then
    if any_unique then
      forget_key(unique_prefix, prefix, id)
    end
    redis.call('UNLINK', prefix .. id, payload_key(prefix, id), corrupt_prefix .. id)
    deleted[#deleted + 1] = id
  end
end
if #deleted > 0 then
  redis.call('ZREM', ended, unpack(deleted))
end
return #deleted
