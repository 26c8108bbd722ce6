-- Goes through the groups that may have been held by limits which were changed since, some at a time: first ends rests by an old rate,
-- then gives groups that have jobs running their turns. meta's field limiting says how far that is; whoever changes limits goes on
-- until it is done, and if it dies, prunes do.
--#include groups
--#include due
-- About as many as a call looks at.
local TOGETHER = 200
local LEFT_BEHIND_MS = 5000

-- From now on they are due, so that claims look at them, a few at a time.
local function end_rests(base, cursor)
  local found = redis.call('ZSCAN', base .. 'resting', cursor, 'COUNT', TOGETHER)
  for i = 1, #found[2], 2 do
    redis.call('ZADD', base .. 'resting', 0, found[2][i])
  end
  return found[1]
end

-- Only groups that have jobs running can have been held by the old limit, and these are no more than those jobs.
local function place_busy(base, cursor)
  local found = redis.call('HSCAN', base .. 'busy', cursor, 'COUNT', TOGETHER)
  for i = 1, #found[2], 2 do
    place_group(base, found[2][i])
  end
  return found[1]
end

-- at: 'resting <cursor>' or 'busy <cursor>'. Where to go on, or '' at the end. limiting: meta's field; if it says something else, somebody
-- has begun anew or gone on meanwhile, and it is left as it is.
local function go_through_groups(base, at, limiting, now)
  local part, cursor = string.match(at, '^(%a+) (%d+)$')
  local next_at
  if part == 'resting' then
    cursor = end_rests(base, cursor)
    next_at = cursor == '0' and 'busy 0' or 'resting ' .. cursor
  else
    cursor = place_busy(base, cursor)
    next_at = cursor == '0' and '' or 'busy ' .. cursor
  end
  if limiting == at and next_at == '' then
    redis.call('HDEL', base .. 'meta', 'limiting')
  elseif limiting == at then
    redis.call('HSET', base .. 'meta', 'limiting', next_at)
    due_at(base, ' prune', now + LEFT_BEHIND_MS)
  end
  return next_at
end
