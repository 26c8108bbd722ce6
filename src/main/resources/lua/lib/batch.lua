-- The frame of an enqueue. What its jobs write is written at its end together, where that can wait, for one command costs less
-- than many.
-- KEYS     first: meta, ready, scheduled
-- ARGV     first: job key prefix
--#include fields
--#include time
--#include keys
--#include start
--#include order
local meta, ready, scheduled = KEYS[1], KEYS[2], KEYS[3]
local prefix = ARGV[1]
local now = now_ms()
local now_text = string.format('%.0f', now)
local payload_prefix = payload_key(prefix, '')
-- Scores or times and ids; keys and values.
local due, later, payloads = {}, {}, {}
-- The same as due, by route, of those that stand apart; and routes, as keys, whose line had none before.
local due_apart, news = nil, {}
-- Whether any is due and in ready; when the first scheduled job was due before, if one is scheduled.
local any_due, first_known = false, nil
-- Bytes of jobs that were there, which the answer has.
local bytes = 0
local last_seq
-- The route of ready. Set by the script if there are others: puts a job of a group in its line; whether a route is that of ready; puts
-- jobs of others in their lines.
local home, line_up_grouped, of_ready, place_apart
-- The latest place, what gathers its jobs, and their score but for the arrival.
local latest_place, line, tier

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
  if due_apart then
    place_apart()
  end
  latest_place = nil
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

-- Where jobs of a priority and route go. Most often all of a call go to the same place.
local function find_line(place)
  local route = string.sub(place, 2)
  latest_place, line, tier = place, due, ready_score(tonumber(string.sub(place, 1, 1)), 0)
  if route ~= home and not of_ready(route) then
    due_apart = due_apart or {}
    line = due_apart[route] or {}
    due_apart[route] = line
  end
end

-- When it is due, if that is later than now. key: of the job; place: its priority and route, or '' if it has a group; payload: false if it is
-- stored; most: how many jobs may be added.
-- They get places in line for all of them at once; those that turn out not to need one leave a gap, which is harmless.
local function add(key, id, start, place, spec, payload, most)
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
    return run_at
  end
  local seq = (last_seq or redis.call('HINCRBY', meta, 'seq', most) - most) + 1
  last_seq = seq
  -- Whole numbers as text: Redis would format them with all digits that a fraction may have, which takes longer.
  redis.call('HSET', key, SPEC, spec, 'state', 'ready', SEQ, string.format('%d', seq), ENQUEUED_AT, now_text)
  if place == '' then
    line_up_grouped(id, spec, seq)
    return
  end
  if place ~= latest_place then
    find_line(place)
  end
  line[#line + 1] = string.format('%d', tier + seq)
  line[#line + 1] = id
end
