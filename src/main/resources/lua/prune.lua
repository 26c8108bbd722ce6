-- Deletes ended jobs that are over their age or beyond the number kept, oldest first. Those of flows that are owed news of them
-- stay (see delete_first.lua), and so do those that ended just now: their enqueue may be under way again because its answer was lost. Ids that callers
-- chose are remembered. Goes on with new limits that were set halfway. A queue that has had nothing for a while is forgotten, unless somebody has set something of it.
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
--#include delete_first
--#include kept
--#include limited_groups
--#include startable
--#include added
--#include entries
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
local stored = redis.call('HMGET', meta, 'unique', 'limiting')
local limiting = stored[2]
local q = { base = base, prefix = prefix, corrupt_prefix = corrupt_prefix, meta = meta, now = now, again_ms = again_ms,
  unique_prefix = stored[1] and unique_prefix, forget_ms = forget_ms,
  chosen_ms = remembered_ms, other_ms = 0 }

-- How many were deleted, and whether there are more.
local function delete_some(state, max_age_ms, max_count, limit)
  local ended = base .. state
  local too_old = redis.call('ZCOUNT', ended, '-inf', now - max_age_ms)
  local too_many = redis.call('ZCARD', ended) - max_count
  -- Those that seem to have ended later than now are the oldest: the clock has stepped back since.
  if too_many > 0 then
    local ahead = redis.call('ZCOUNT', ended, string.format('(%.0f', now), '+inf')
    local deleted = ahead > 0 and delete_from(q, state, redis.call('ZCARD', ended) - ahead, ahead, math.min(too_many, limit)) or 0
    if deleted > 0 then
      return deleted, deleted == limit
    end
  end
  local count = math.max(too_old, too_many)
  if count > 0 and least_ms > 0 then
    count = math.min(count, redis.call('ZCOUNT', ended, '-inf', now - least_ms))
  end
  return delete_first(q, state, count, limit)
end

local deleted, any_more, states = 0, false, {}
for i = 1, (#ARGV - FIRST + 1) / WORDS do
  local set, at = KEYS[1 + i], FIRST + WORDS * (i - 1)
  local state, max_age_ms, max_count, limit = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local count, more = delete_some(state, max_age_ms, max_count, limit)
  deleted, any_more = deleted + count, any_more or more
  states[i] = { set = set, max_age_ms = max_age_ms, max_count = max_count }
end
any_more = trim_remembered(base, most_remembered, now) or any_more
if limiting then
  any_more = go_through_groups(base, limiting, limiting, now) ~= '' or any_more
  claims_due(base, added({}, startable_now(base)), now)
  if redis.call('EXISTS', base .. 'resting') == 1 then
    claim_due_at(base, 0)
  end
end
if is_private(base) then
  -- What is written again and again does not begin to expire anew each time.
  expire_if_private(prefix, { meta, base .. 'receipts', base .. 'claimants' })
else
  prune_again(q, states, any_more)
end
return deleted
