-- Deletes ended jobs that are over their age or beyond the number kept, oldest first. Those of flows that are owed news of them
-- stay, and so do those that ended just now: their enqueue may be under way again because its answer was lost. Ids that callers
-- chose are remembered. A queue that has had nothing for a while is forgotten, unless somebody has set something of it.
-- KEYS     meta, then the sets of the states below
-- ARGV     job key prefix, corrupt key prefix, unique key prefix, ms since their end that jobs are kept at least, ms since their end that ids are remembered, how many at most, ms until the next look at
--          a queue whose jobs have just ended, ms after which a queue without anything is forgotten;
--          then for each state: its name, greatest age in ms, most jobs kept, most to delete now
-- Changes  atomically: the sets, the job hashes and payloads, the unique keys they took last; what is remembered; receipts of
--          requests about many jobs that are over; the queue's entry in next, and its name
-- Returns  how many were deleted
-- Repeat   safe: it deletes what is over the limits, nothing else
--#include time
--#include keys
--#include unique
--#include flow_owed
--#include kept
--#include remembered
--#include prune_next
--#include when_full
local RECEIPTS_STRUCK_OFF = 100
local meta, first_set = KEYS[1], KEYS[2]
local prefix, corrupt_prefix, unique_prefix = ARGV[1], ARGV[2], ARGV[3]
local least_ms, remembered_ms, most_remembered = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local again_ms, forget_ms = tonumber(ARGV[7]), tonumber(ARGV[8])
local FIRST, WORDS = 9, 4
local base = base_of(prefix)
local now = now_ms()
go_on_when_full(first_set)
strike_off_over(base .. 'bulk', now, RECEIPTS_STRUCK_OFF)
local any_unique = redis.call('HGET', meta, 'unique')

-- Ids and when they ended: those of one set that are to go now.
local function too_many_or_old(ended, max_age_ms, max_count, limit)
  local too_old = redis.call('ZCOUNT', ended, '-inf', now - max_age_ms)
  local too_many = redis.call('ZCARD', ended) - max_count
  -- Those that seem to have ended later than now are the oldest: the clock has stepped back since.
  if too_many > 0 then
    local ahead = redis.call('ZRANGEBYSCORE', ended, string.format('(%.0f', now), '+inf', 'WITHSCORES', 'LIMIT', 0,
      math.min(too_many, limit))
    if #ahead > 0 then
      return ahead
    end
  end
  local count = math.min(math.max(too_old, too_many), limit)
  if count > 0 and least_ms > 0 then
    count = math.min(count, redis.call('ZCOUNT', ended, '-inf', now - least_ms))
  end
  return count > 0 and redis.call('ZRANGE', ended, 0, count - 1, 'WITHSCORES') or {}
end

local function delete_ended(ended, state, max_age_ms, max_count, limit)
  local ids, deleted = too_many_or_old(ended, max_age_ms, max_count, limit), {}
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
  return #deleted
end

local deleted, more, states = 0, false, {}
for i = 1, (#ARGV - FIRST + 1) / WORDS do
  local set, at = KEYS[1 + i], FIRST + WORDS * (i - 1)
  local state, max_age_ms, max_count, limit = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local count = delete_ended(set, state, max_age_ms, max_count, limit)
  deleted, more = deleted + count, more or count >= limit
  states[i] = { set = set, max_age_ms = max_age_ms, max_count = max_count }
end
trim_remembered(base, most_remembered, now)
if is_private(base) then
  -- What is written again and again does not begin to expire anew each time.
  expire_if_private(prefix, { meta, base .. 'receipts', base .. 'claimants' })
else
  prune_again({ base = base, meta = meta, now = now, again_ms = again_ms, forget_ms = forget_ms }, states, more)
end
return deleted
