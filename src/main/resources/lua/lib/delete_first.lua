-- Deletes ended jobs of one state, those first that ended first. Jobs whose flows are owed news of them stay, and hold up none of
-- those behind them: a call that looks at many of them writes into meta (field passed_<state>) how many it has passed, and the next
-- one goes on there. q: base, prefix, corrupt_prefix, unique_prefix (nil if no job ever had such a key), meta, now, and how long
-- since their end ids are remembered, in ms: chosen_ms of those that callers chose, other_ms of the others.
--#include keys
--#include unique
--#include flow_owed
--#include remembered
--#include error_left
-- In one call, of one state.
local MOST_LOOKED_AT = 1000
local PAGE = 200

local function delete_ended(q, state, id, ended_at)
  local key = q.prefix .. id
  local is_chosen = q.chosen_ms > q.other_ms and ended_at + q.chosen_ms > q.now and chosen(key)
  remember(q.base, id, state, ended_at, is_chosen and q.chosen_ms or q.other_ms, q.now)
  if q.unique_prefix then
    forget_key(q.unique_prefix, q.prefix, id)
  end
  if state == 'dead' then
    left_dead(q.prefix, id)
  end
  redis.call('UNLINK', key, payload_key(q.prefix, id), q.corrupt_prefix .. id)
end

-- Of so many from a rank on, at most so many. How many were deleted, and where it stopped if there are more to look at.
local function delete_from(q, state, rank, count, most)
  local set, deleted, passed = q.base .. state, 0, 0
  while deleted < most and deleted + passed < math.min(count, MOST_LOOKED_AT) do
    local some = math.min(PAGE, most - deleted, count - deleted - passed)
    local ids, gone = redis.call('ZRANGE', set, rank + passed, rank + passed + some - 1, 'WITHSCORES'), {}
    for i = 1, #ids, 2 do
      if flow_is_owed(q.prefix, ids[i]) then
        passed = passed + 1
      else
        delete_ended(q, state, ids[i], tonumber(ids[i + 1]))
        gone[#gone + 1] = ids[i]
      end
    end
    if #gone > 0 then
      redis.call('ZREM', set, unpack(gone))
      deleted = deleted + #gone
    end
  end
  return deleted, deleted + passed < count and rank + passed or nil
end

-- Of the first so many, at most so many. How many were deleted, and whether there are more to look at.
local function delete_first(q, state, count, most)
  local field = 'passed_' .. state
  local from = tonumber(redis.call('HGET', q.meta, field) or 0)
  local rank = from < count and from or 0
  local deleted, stopped_at = delete_from(q, state, rank, count - rank, most)
  if stopped_at and (rank > 0 or deleted < most) then
    redis.call('HSET', q.meta, field, stopped_at)
  elseif from > 0 then
    redis.call('HDEL', q.meta, field)
  end
  return deleted, stopped_at ~= nil
end
