-- What a job with a unique key meets when it is enqueued.
--#include fields
--#include batch
--#include there
--#include errors
--#include unique
--#include line_up
--#include job_ended

-- Has a job that waits make room for another one.
local function replace(id, by, cancelled)
  take_places()
  local key = prefix .. id
  local old = redis.call('HMGET', key, ATTEMPT, 'errors')
  local errors = with_error(old[2], tonumber(old[1] or '') or 0, now, 'replaced', 'job ' .. by .. ' took its unique key')
  leave_line(prefix, id)
  redis.call('ZREM', scheduled, id)
  redis.call('HDEL', key, TOKEN)
  redis.call('HSET', key, 'state', 'cancelled', FINISHED_AT, now_text, 'errors', errors)
  redis.call('ZADD', cancelled, now, id)
  job_ended(prefix, id, 'cancelled', now)
end

-- Has a new job hold its key, if it has one.
local function hold_new_key(id, spec, unique_prefix)
  local held_until, _, key = unique_key(spec)
  if key then
    hold_key(meta, unique_prefix, key, held_until, id)
  end
end

-- What the job that holds the key of a new one makes of that one: its answer; nothing; or nothing, and its own id, as it has made
-- room.
local function conflict(id, spec, unique_prefix, cancelled)
  local _, on_conflict, key = unique_key(spec)
  local holder, state
  if key then
    holder, state = key_holder(unique_prefix, prefix, key)
  end
  if not holder then
    return nil
  elseif on_conflict == 'keep' then
    return there(holder)
  elseif on_conflict == 'reject' or state == 'running' then
    return { 2, holder, state }
  elseif has_ended(state) then
    return nil
  end
  replace(holder, id, cancelled)
  return nil, holder
end
