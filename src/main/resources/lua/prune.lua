-- Deletes ended jobs of one state that are over their age or beyond the number kept, oldest first. Those of flows that are
-- owed news of them stay.
-- KEYS     the state's set
-- ARGV     job key prefix, corrupt key prefix, greatest age in ms, most jobs kept, most jobs to delete now
-- Changes  atomically: the set and the job hashes
-- Returns  how many were deleted
-- Repeat   safe: it deletes what is over the limits, nothing else
--#include time
--#include flow
local ended = KEYS[1]
local prefix, corrupt_prefix = ARGV[1], ARGV[2]
local max_age_ms, max_count, limit = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local too_old = redis.call('ZCOUNT', ended, '-inf', now_ms() - max_age_ms)
local too_many = redis.call('ZCARD', ended) - max_count
local count = math.min(math.max(too_old, too_many), limit)
if count <= 0 then
  return 0
end
local ids = redis.call('ZRANGE', ended, 0, count - 1)
local handover = string.sub(prefix, 1, -5) .. 'handover'
local deleted = {}
for _, id in ipairs(ids) do
  if not (in_flow(id) and redis.call('ZSCORE', handover, id)) then
    redis.call('UNLINK', prefix .. id, corrupt_prefix .. id)
    deleted[#deleted + 1] = id
  end
end
if #deleted > 0 then
  redis.call('ZREM', ended, unpack(deleted))
end
return #deleted
