-- The frame of an enqueue. What its jobs write is written at its end together, where that can wait, for one command costs less
-- than many.
-- KEYS     first: meta, ready, scheduled
-- ARGV     first: job key prefix
--#include fields
--#include time
--#include keys
--#include bytes
--#include start
--#include order
local meta, ready, scheduled = KEYS[1], KEYS[2], KEYS[3]
local prefix = ARGV[1]
local now = now_ms()
local now_text = string.format('%.0f', now)
local payload_prefix = payload_key(prefix, '')
-- Scores or times and ids; keys and values.
local due, later, payloads = {}, {}, {}
-- Whether any is due, without a group and of one; when the first scheduled job was due before, if one is scheduled.
local any_due, any_apart, first_known = false, false, nil
-- Bytes of jobs that were there, which the answer has.
local bytes = 0
local last_seq
-- Puts a job of a group in its line: set by the script if there are any.
local line_up_apart

local function schedule()
  --#include timed
  --#include first_at
  first_known = first_known or first_at(scheduled)
  start_clock(meta, now)
  redis.call('ZADD', scheduled, unpack(later))
  later = {}
end

local function take_places()
  if #later > 0 then
    schedule()
  end
  if #due > 0 then
    any_due = true
    redis.call('ZADD', ready, unpack(due))
    due = {}
  end
end

-- Stores the payloads of all jobs of the call, unless one of them is there; whether it did. One command in place of a look for each
-- job: a job and its payload are there together. words: of ARGV for each, from first on.
local function store_payloads_of_new(first, words)
  local written = {}
  for i = first, #ARGV, words do
    local id, payload = ARGV[i], ARGV[i + 4]
    written[#written + 1] = payload_prefix .. id
    written[#written + 1] = payload
  end
  return redis.call('MSETNX', unpack(written)) == 1
end

local function store_payloads()
  if #payloads > 0 then
    redis.call('MSET', unpack(payloads))
    payloads = {}
  end
end

-- Its answer. key: of the job; priority: nil if it has a group; payload: false if it is stored; most: how many jobs may be added.
-- They get places in line for all of them at once; those that turn out not to need one leave a gap, which is harmless.
local function add(key, id, start, priority, spec, payload, most)
  if payload then
    payloads[#payloads + 1] = payload_prefix .. id
    payloads[#payloads + 1] = payload
  end
  local run_at, wait = start_of(start, now)
  if run_at > now then
    redis.call('HSET', key, SPEC, spec, 'state', 'scheduled', ENQUEUED_AT, now_text, RUN_AT, run_at)
    if wait then
      redis.call('HSET', key, 'wait', wait)
    end
    later[#later + 1] = run_at
    later[#later + 1] = id
    return { 1, now, run_at, 'scheduled' }
  end
  local seq = (last_seq or redis.call('HINCRBY', meta, 'seq', most) - most) + 1
  last_seq = seq
  -- Whole numbers as text: Redis would format them with all digits that a fraction may have, which takes longer.
  redis.call('HSET', key, SPEC, spec, 'state', 'ready', SEQ, string.format('%d', seq), ENQUEUED_AT, now_text)
  if priority then
    due[#due + 1] = string.format('%d', ready_score(priority, seq))
    due[#due + 1] = id
  else
    any_apart = true
    line_up_apart(id, spec, seq)
  end
  return { 1, now, now, 'ready' }
end

-- The answer about a job that is there, perhaps one that this call has added: whole, with payload and result.
local function there(id)
  --#include job_fields
  --#include payload
  store_payloads()
  local fields = redis.pcall('HMGET', prefix .. id, unpack(JOB_FIELDS))
  local payload = payload_of(prefix, id)
  if fields.err then
    return { 0, id, payload, {} }
  end
  bytes = bytes + bytes_of(fields) + (payload and #payload or 0)
  return { 0, id, payload, fields }
end
