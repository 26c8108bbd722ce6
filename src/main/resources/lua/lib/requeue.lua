-- What making an ended job ready again takes. q: meta, ready, dead, cancelled, prefix, unique_prefix.
--#include fields
--#include spec
--#include line_up
--#include unique
--#include flow
--#include error_left

-- Has the job hold its unique key again, if it has one; or tells which other job holds it, and that one's state.
local function take_key_again(q, id, spec)
  local held_until, _, unique = unique_key(spec)
  if unique then
    local holder, holders_state = key_holder(q.unique_prefix, q.prefix, unique)
    if holder and holder ~= id then
      return holder, holders_state
    end
    hold_key(q.meta, q.unique_prefix, unique, held_until, id)
  end
end

-- Fresh attempts and a new place in line.
local function make_ready(q, key, id, spec, now, request)
  local seq = redis.call('HINCRBY', q.meta, 'seq', 1)
  if redis.call('ZREM', q.dead, id) == 1 then
    left_dead(q.prefix, id)
  end
  redis.call('ZREM', q.cancelled, id)
  -- One that was never claimed has nothing to be told apart from.
  if redis.call('HEXISTS', key, CLAIMS) == 1 then
    redis.call('HINCRBY', key, 'reruns', 1)
  end
  redis.call('HDEL', key, TOKEN, 'settled', ATTEMPT, STARTED_AT, FINISHED_AT, 'result', 'progress', 'snoozes', 'returned')
  redis.call('HSET', key, 'state', 'ready', SEQ, seq, RUN_AT, now, 'requeue_request', request)
  line_up(q, id, spec, seq)
  if redis.call('HEXISTS', q.meta, 'mirror') == 1 then
    --#include outbox
    changed(q.base, { id })
  end
  owe_flow(q.prefix, id, now)
end
