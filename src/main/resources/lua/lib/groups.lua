-- Ready jobs that do not stand in the one line of `ready`: those of groups, and those whose handler is paused. Keys, each
-- behind the queue's base:
--   apart        all such jobs, scores as in ready: what there is to count and to list
--   line:<group> the jobs of a group that wait, scores as in ready; those that keep the order behind all others
--   ring         groups of which a job may start now, by turn; who has had a turn goes to the end
--   resting      groups that may not start one before the time that is their score
--   slots, busy  id to group of the jobs that count against their group's limit; how many those are of each group
--   parked:<h>   jobs of a paused handler that a claim came to
-- A group is in ring or in resting if, and only if, the first of its line may start but for the rate.
--#include fields
--#include keys
--#include spec
--#include order

-- Whether the first of a line may start: id and score. One that has its slot already is the one that the order waits for.
local function may_start(base, group, id, score)
  if redis.call('HEXISTS', base .. 'slots', id) == 1 then
    return true
  end
  local busy = tonumber(redis.call('HGET', base .. 'busy', group) or 0)
  if score >= ORDERED then
    return busy == 0
  end
  return busy < tonumber(redis.call('HGET', base .. 'meta', 'group_concurrency') or math.huge)
end

-- Puts a group where it belongs after something about it has changed. moved: it has had its turn.
local function place_group(base, group, moved)
  local head = redis.call('ZRANGE', base .. 'line:' .. group, 0, 0, 'WITHSCORES')
  if not head[1] or not may_start(base, group, head[1], tonumber(head[2])) then
    redis.call('ZREM', base .. 'ring', group)
    redis.call('ZREM', base .. 'resting', group)
  elseif not redis.call('ZSCORE', base .. 'resting', group)
    and (moved or not redis.call('ZSCORE', base .. 'ring', group)) then
    redis.call('ZADD', base .. 'ring', redis.call('HINCRBY', base .. 'meta', 'turn', 1), group)
  end
end

-- Gives back the slot of a job, if it has one.
local function free_slot(prefix, id)
  local base = base_of(prefix)
  local group = redis.call('HGET', base .. 'slots', id)
  if not group then
    return
  end
  redis.call('HDEL', base .. 'slots', id)
  if redis.call('HINCRBY', base .. 'busy', group, -1) <= 0 then
    redis.call('HDEL', base .. 'busy', group)
  end
  place_group(base, group)
end

-- Puts a ready job in its line. q: prefix, ready; gets apart if it has a group.
local function line_up(q, id, spec, seq)
  local priority, _, mark, group = priority_and_attempts(spec)
  if not group then
    redis.call('ZADD', q.ready, ready_score(priority or 0, seq), id)
    return
  end
  local base = base_of(q.prefix)
  local score = mark == '=' and ORDERED + seq or ready_score(priority, seq)
  redis.call('ZADD', base .. 'apart', score, id)
  redis.call('ZADD', base .. 'line:' .. group, score, id)
  redis.call('HSET', base .. 'meta', 'apart', 1)
  -- Of a script that has read meta before.
  q.apart = q.apart or '1'
  place_group(base, group)
end

-- Takes a job that was not claimed out of wherever it waits, and its slot from it.
local function leave_line(prefix, id)
  local base = base_of(prefix)
  if redis.call('ZREM', base .. 'ready', id) == 0 and redis.call('ZREM', base .. 'apart', id) == 1 then
    local spec = redis.pcall('HGET', prefix .. id, SPEC)
    spec = type(spec) == 'string' and spec or ''
    local _, group = group_of(spec)
    redis.call('ZREM', base .. 'parked:' .. (handler_of(spec) or ''), id)
    if group then
      redis.call('ZREM', base .. 'line:' .. group, id)
      place_group(base, group)
    end
  end
  free_slot(prefix, id)
end
