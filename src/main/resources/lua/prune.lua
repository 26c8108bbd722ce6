-- Deletes ended jobs of one state that are over their age or beyond the number kept, oldest first. Those of flows that are
-- owed news of them stay, and so do those that ended just now: their enqueue may be under way again because its answer was
-- lost. Ids that callers chose are remembered.
-- KEYS     the state's set, meta
-- ARGV     job key prefix, corrupt key prefix, greatest age in ms, most jobs kept, most jobs to delete now,
--          unique key prefix, the state, ms since their end that jobs are kept at least, ms since their end that ids
--          are remembered, how many at most
-- Changes  atomically: the set, the job hashes and payloads, the unique keys they took last; what is remembered; receipts of
--          requests about many jobs that are over
-- Returns  how many were deleted
-- Repeat   safe: it deletes what is over the limits, nothing else
--#include time
--#include keys
--#include unique
--#include flow_owed
--#include kept
--#include remembered
local ended, meta = KEYS[1], KEYS[2]
local prefix, corrupt_prefix = ARGV[1], ARGV[2]
local unique_prefix = ARGV[6]
local max_age_ms, max_count, limit = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local state, least_ms = ARGV[7], tonumber(ARGV[8])
local remembered_ms, most_remembered = tonumber(ARGV[9]), tonumber(ARGV[10])
local base = base_of(prefix)
local now = now_ms()
strike_off_over(base .. 'bulk', now, limit)
local too_old = redis.call('ZCOUNT', ended, '-inf', now - max_age_ms)
local too_many = redis.call('ZCARD', ended) - max_count
local count = math.min(math.max(too_old, too_many), limit)
if count > 0 and least_ms > 0 then
  count = math.min(count, redis.call('ZCOUNT', ended, '-inf', now - least_ms))
end
-- Those that seem to have ended later than now are the oldest: the clock has stepped back since.
local ids = too_many > 0
  and redis.call('ZRANGEBYSCORE', ended, string.format('(%.0f', now), '+inf', 'WITHSCORES', 'LIMIT', 0, math.min(too_many, limit)) or {}
if #ids == 0 and count > 0 then
  ids = redis.call('ZRANGE', ended, 0, count - 1, 'WITHSCORES')
end
if #ids == 0 then
  trim_remembered(base, most_remembered, now)
  return 0
end
local any_unique = redis.call('HGET', meta, 'unique')
local deleted = {}
for i = 1, #ids, 2 do
  local id, ended_at = ids[i], tonumber(ids[i + 1])
  if not flow_is_owed(prefix, id) then
    if ended_at + remembered_ms > now and chosen(prefix .. id) then
      remember(base, id, state, ended_at, remembered_ms, now)
    end
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
trim_remembered(base, most_remembered, now)
return #deleted
