-- Who holds a unique key of a queue.
--#include fields
--#include time
--#include spec
--#include ended_state

-- A key that is held for a time does not expire: what expires may be evicted. It says for how many ms and until when, and
-- goes with its job at the latest.
local function hold_for(name, ms, now, id)
  redis.call('SET', name, string.format('%.0f:%.0f %s', ms, now + ms, id))
end

-- Whether the time of such a key is not over. More than all of it cannot be left: then the clock was set back, and it begins
-- anew.
local function time_is_left(name, ms, ends_at, id)
  local left = ends_at - now_ms()
  if left > ms then
    hold_for(name, ms, now_ms(), id)
  end
  return left > 0
end

-- The job that holds a key, and its state; nil if none does. What is stored says who took the key last; whether that
-- job still holds it follows from its own hash, so nothing has to be given back when a job moves on.
local function key_holder(unique_prefix, job_prefix, key)
  local held_until, ends_at, id = string.match(redis.call('GET', unique_prefix .. key) or '', '^(%w+):?(%d*) (%S+)$')
  if id and ends_at ~= '' and not time_is_left(unique_prefix .. key, tonumber(held_until), tonumber(ends_at), id) then
    return nil
  end
  local job = id and redis.pcall('HMGET', job_prefix .. id, 'state', ATTEMPT)
  local state = job and job[1]
  if not state or state == 'cancelled' then
    return nil
  end
  local started = state == 'running' or (tonumber(job[2] or '') or 0) > 0
  if held_until == 'start' and (started or has_ended(state)) or held_until == 'end' and has_ended(state) then
    return nil
  end
  return id, state
end

-- Has a job hold a key from now on. Prune looks for keys only in queues that ever had one.
local function hold_key(meta, unique_prefix, key, held_until, id)
  redis.call('HSET', meta, 'unique', 1)
  local ms = tonumber(held_until)
  if ms then
    hold_for(unique_prefix .. key, ms, now_ms(), id)
  else
    redis.call('SET', unique_prefix .. key, held_until .. ' ' .. id)
  end
end

-- A job is about to be deleted: the key that it took last goes with it.
local function forget_key(unique_prefix, job_prefix, id)
  local spec = redis.pcall('HGET', job_prefix .. id, SPEC)
  local _, _, key = unique_key(type(spec) == 'string' and spec or '')
  if key and string.match(redis.call('GET', unique_prefix .. key) or '', ' (%S+)$') == id then
    redis.call('UNLINK', unique_prefix .. key)
  end
end
