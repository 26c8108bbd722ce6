-- When a queue is to be looked at again to delete what has ended, or to forget it. q: base, meta, now, again_ms, forget_ms.
--#include keys
--#include known
--#include forget

-- When the first ended job of any state is over its age, infinite if there are none; and whether to look again soon: one ended
-- within the latest stretch between two looks, or there are more than may be, which could not be deleted yet.
local function over_at(q, states)
  local first, soon = math.huge, false
  for _, state in ipairs(states) do
    local oldest = redis.call('ZRANGE', state.set, 0, 0, 'WITHSCORES')[2]
    if oldest then
      local newest = redis.call('ZRANGE', state.set, -1, -1, 'WITHSCORES')[2]
      first = math.min(first, tonumber(oldest) + state.max_age_ms)
      soon = soon or tonumber(newest) > q.now - q.again_ms or redis.call('ZCARD', state.set) > state.max_count
    end
  end
  return first, soon
end

-- What of a queue nothing but a prune makes go.
local LEFT = { 'succeeded', 'dead', 'cancelled', 'remembered' }

-- Of a queue without ended jobs: when to look again, or nil if there is no need before one ends, or as it is forgotten.
local function forget_if_idle(q)
  if redis.call('EXISTS', unpack(keys_of(q.base, HELD))) > 0 then
    redis.call('HDEL', q.meta, 'idle_since')
    -- Ids are remembered for a while, and nothing tells when the last of them is over; and this call may be about one state.
    return redis.call('EXISTS', unpack(keys_of(q.base, LEFT))) > 0 and q.now + q.again_ms or nil
  end
  local bucket, queue = bucket_of(q.base)
  if not redis.call('ZSCORE', bucket .. 'names', queue) then
    -- It was deleted just before, or never had a job: to be looked at is no reason to be listed.
    if not anything_set(q.meta) then
      forget(q.base)
    end
    return nil
  end
  local since = tonumber(redis.call('HGET', q.meta, 'idle_since') or q.now)
  if since > q.now or anything_set(q.meta) then
    since = q.now
  end
  if q.now - since >= q.forget_ms then
    forget(q.base)
    return nil
  end
  redis.call('HSET', q.meta, 'idle_since', since)
  return since + q.forget_ms
end

-- more: whether there are more to delete now.
local function prune_again(q, states, more)
  local first, soon = over_at(q, states)
  local again
  if more then
    again = q.now
  elseif soon then
    again = q.now + q.again_ms
  else
    redis.call('HDEL', q.meta, 'pruning')
    again = first < math.huge and math.max(first, q.now + q.again_ms) or nil
  end
  if not again then
    again = forget_if_idle(q)
  end
  local bucket, queue = bucket_of(q.base)
  if first < math.huge then
    register(q.base)
  end
  if again then
    redis.call('ZADD', bucket .. 'next', string.format('%.0f', again), queue .. ' prune')
  else
    redis.call('ZREM', bucket .. 'next', queue .. ' prune')
  end
end
