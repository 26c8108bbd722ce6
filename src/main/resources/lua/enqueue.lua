-- Adds jobs to one queue, each unless the queue has one with that id, its unique key is taken, or the queue is full.
-- KEYS     meta, ready, scheduled, cancelled, registry of queues (none for a private queue)
-- ARGV     job key prefix, wake-up channel, queue name, how many jobs may wait unless the queue has a limit of its own,
--          unique key prefix if any of the jobs has such a key or a group, else '', '1' if any of them has an id that its
--          caller chose or was sent before, else '';
--          then for each job: id, start ('+<ms>' from now or '<ms>' since 1970), priority or '' if it has a group, spec, payload,
--          and if that is '1' a token of its enqueue if its caller chose the id, else ''
-- Changes  atomically: the job hashes and payloads, and their places in ready or scheduled; unique keys; the move of replaced jobs
--          to cancelled; the name of the queue
-- Returns  for as many jobs as an answer of MOST_BYTES has room for, at least one, {1, enqueued_at, run_at, state} if it is new, and
--          then, if it replaced one, {0, id, payload, JOB_FIELDS} of that; {0, id, payload, JOB_FIELDS} of the one that is there if
--          not, {2, id, state} of the one that holds its key, {3, jobs that wait, limit}, {4, id, payload, JOB_FIELDS} of the one
--          that this very enqueue made before, or {5, state} if there was one with that id, which ended so and was deleted. The
--          others were not looked at
-- Repeat   safe: the second time every job is there, and knows the token, or its id is remembered; one that was not added may be
--          if what stood in its way has gone
--#include time
--#include ready
--#include payload
--#include private
--#include known
local meta, ready, scheduled, cancelled = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prefix, channel, queue, unique_prefix = ARGV[1], ARGV[2], ARGV[3], ARGV[5]
local base = string.sub(prefix, 1, -5)
local with_tokens = ARGV[6] ~= ''
local FIRST, WORDS = 7, with_tokens and 6 or 5
-- Of jobs that are there, which come whole, with payload and result. As in lib/bytes.lua.
local MOST_BYTES, bytes = 1048576, 0

local now = now_ms()
local now_text = string.format('%.0f', now)
local ready_before = redis.call('ZCARD', ready)
local limits = redis.call('HMGET', meta, 'max_waiting', 'apart')
local limit = tonumber(limits[1] or ARGV[4])
local room = limit - ready_before - redis.call('ZCARD', scheduled)
if limits[2] then
  room = room - redis.call('ZCARD', base .. 'apart')
end
local last_seq
-- Places in line for all jobs of this call at once; those that turn out not to need one leave a gap, which is harmless.
local function next_seq()
  if not last_seq then
    local most = (#ARGV - FIRST + 1) / WORDS
    last_seq = redis.call('HINCRBY', meta, 'seq', most) - most
  end
  last_seq = last_seq + 1
  return last_seq
end

local due, later, payloads = {}, {}, {}
local any_due, first_known
local function take_places()
  if #later > 0 then
    first_known = first_known or first_at(scheduled)
    start_clock(meta, now)
    redis.call('ZADD', scheduled, unpack(later))
  end
  if #due > 0 then
    any_due = true
    redis.call('ZADD', ready, unpack(due))
  end
end

local function store_payloads()
  if #payloads > 0 then
    redis.call('MSET', unpack(payloads))
    payloads = {}
  end
end

-- One that this call has added, perhaps.
local function there(id)
  store_payloads()
  local fields = redis.pcall('HMGET', prefix .. id, unpack(JOB_FIELDS))
  local payload = payload_of(prefix, id)
  if fields.err then
    return { 0, id, payload, {} }
  end
  bytes = bytes + (payload and #payload or 0)
  for i = 1, #fields do
    bytes = bytes + (fields[i] and #fields[i] or 0)
  end
  return { 0, id, payload, fields }
end

-- Only there if this call needs them, for to define them takes time. The first says what a job that holds the key of a
-- new one makes of that one: its reply, nothing, or the id of the one that has made room for it. The second takes the key.
-- The third puts a job of a group in its line.
local conflict, take_key, line_up_apart
if unique_prefix ~= '' then
--#include errors
--#include unique
--#include groups
  local function replace(id, by)
    take_places()
    due, later = {}, {}
    local key = prefix .. id
    local old = redis.call('HMGET', key, 'attempt', 'errors')
    local errors = with_error(old[2], tonumber(old[1] or '') or 0, now, 'replaced', 'job ' .. by .. ' took its unique key')
    leave_line(prefix, id)
    redis.call('ZREM', scheduled, id)
    redis.call('HDEL', key, 'token')
    redis.call('HSET', key, 'state', 'cancelled', 'finished_at', now_text, 'errors', errors)
    redis.call('ZADD', cancelled, now, id)
    room = room + 1
  end

  conflict = function(id, spec)
    local _, on_conflict, key = unique_key(spec)
    local holder, state = nil, nil
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
    replace(holder, id)
    return nil, holder
  end

  take_key = function(id, spec)
    local held_until, _, key = unique_key(spec)
    if key then
      hold_key(meta, unique_prefix, key, held_until, id)
    end
  end

  line_up_apart = function(id, spec, seq)
    any_due = true
    line_up({ prefix = prefix, ready = ready }, id, spec, seq)
  end
end

-- Only there if this call needs it: what is answered about an id whose job is gone, or nil.
local deleted
if with_tokens and redis.call('EXISTS', base .. 'remembered') == 1 then
  local STATES = { 'succeeded', 'dead', 'cancelled' }
  deleted = function(id)
    local score = redis.call('ZSCORE', base .. 'remembered', id)
    local until_ms = score and math.floor(score / 4)
    return until_ms and until_ms > now and { 5, STATES[score - until_ms * 4 + 1] } or nil
  end
end

local replies = {}
for i = FIRST, #ARGV, WORDS do
  if bytes >= MOST_BYTES then
    break
  end
  local id, start, priority, spec = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2]), ARGV[i + 3]
  local key = prefix .. id
  local token = with_tokens and ARGV[i + 5] or ''
  local reply, has_room, replaced = nil, room > 0, nil
  if redis.call('EXISTS', key) == 1 then
    reply = there(id)
    if token ~= '' and redis.pcall('HGET', key, 'by') == token then
      reply[1] = 4
    end
  elseif deleted then
    reply = deleted(id)
  end
  if conflict and not reply then
    reply, replaced = conflict(id, spec)
    has_room = room > 0 or replaced
  end
  if not reply and not has_room then
    reply = { 3, limit - room, limit }
  elseif not reply then
    if take_key then
      take_key(id, spec)
    end
    room = room - 1
    if token ~= '' then
      redis.call('HSET', key, 'by', token)
    end
    payloads[#payloads + 1] = payload_key(prefix, id)
    payloads[#payloads + 1] = ARGV[i + 4]
    local run_at = tonumber(start)
    local wait
    if string.sub(start, 1, 1) == '+' then
      wait, run_at = run_at, now + run_at
    end
    if run_at <= now then
      local seq = next_seq()
      redis.call('HSET', key, 'spec', spec, 'state', 'ready', 'seq', seq, 'enqueued_at', now_text)
      if priority then
        due[#due + 1] = ready_score(priority, seq)
        due[#due + 1] = id
      else
        line_up_apart(id, spec, seq)
      end
      reply = { 1, now, now, 'ready' }
    else
      redis.call('HSET', key, 'spec', spec, 'state', 'scheduled', 'enqueued_at', now_text, 'run_at', run_at)
      if wait then
        redis.call('HSET', key, 'wait', wait)
      end
      later[#later + 1] = run_at
      later[#later + 1] = id
      reply = { 1, now, run_at, 'scheduled' }
    end
    if replaced then
      reply[5] = there(replaced)
    end
  end
  replies[#replies + 1] = reply
end
take_places()
store_payloads()
register(KEYS[5], queue)
expire_if_private(prefix, KEYS, FIRST, WORDS)
-- A queue that had due work has been announced already, and whoever took the hint goes on until it is empty,
-- and sets a timer for its next scheduled job.
if first_known and worth_telling(first_at(scheduled), first_known, now) or any_due and ready_before == 0 then
  wake(channel, queue)
end
return replies
