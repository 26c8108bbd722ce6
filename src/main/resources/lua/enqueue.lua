-- Adds jobs to one queue, each unless the queue has one with that id, its unique key is taken, or the queue is full.
-- KEYS     meta, ready, scheduled, cancelled
-- ARGV     job key prefix, wake-up channel, queue name, how many jobs may wait unless the queue has a limit of its own, unique key prefix if any
--          of the jobs has such a key or a group, else '', '1' if any of them has an id that its caller chose or was sent before, else '', what
--          the caller knows of the layout, see admitted.lua; then for each job: id, start ('+<ms>' from now or '<ms>' since 1970), priority and route (see
--          spec.lua) or '' if it has a group, spec, payload, and if that is '1' a token of its enqueue if its caller chose the id, else ''
-- Changes  atomically: the job hashes and payloads, and their places in ready or scheduled; unique keys; the move of replaced jobs to cancelled;
--          the name of the queue and its entry in next
-- Returns  enqueued_at of all, if all are new and ready; else a list, for as many jobs as an answer of MOST_BYTES has room for, at least one:
--          enqueued_at if it is new and ready; {1, enqueued_at, run_at, state} if it is new and is not ready, or replaced one, then with {0, id,
--          payload, JOB_FIELDS} of that; {0, id, payload, JOB_FIELDS} of the one that is there if not, {2, id, state} of the one that holds
--          its key, {3, jobs that wait, limit}, {4, id, payload, JOB_FIELDS} of the one that this very enqueue made before, {5, state} if there was
--          one with that id, which ended so and was deleted, or {6}, {7, epoch} or {8} if the place does not take it, see admitted.lua
-- Repeat   safe: the second time every job is there, and knows the token, or its id is remembered; one that was not added may be later
--#include batch
--#include there
--#include keys
--#include bytes
--#include private
local cancelled = KEYS[4]
local channel, queue, most_waiting, unique_prefix, with_tokens, layout = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6] ~= '', ARGV[7]
local FIRST, WORDS = 8, with_tokens and 6 or 5
local most = (#ARGV - FIRST + 1) / WORDS
local base = base_of(prefix)

local ready_before = redis.call('ZCARD', ready)
local limits = redis.call('HMGET', meta, 'max_waiting', 'apart', 'deleting', 'route', 'layout')
home = limits[4]
local limit = tonumber(limits[1] or most_waiting)
local room = limit - ready_before - redis.call('ZCARD', scheduled) - (limits[2] and redis.call('ZCARD', base .. 'apart') or 0)

-- Only there if this call needs them, for to define them takes time.
local meets, holds, ended, tell_of_news
of_ready = function(route)
  --#include other_lines
  set_other_lines(ready_before)
  return of_ready(route)
end
if unique_prefix ~= '' then
  --#include grouped
  meets, holds = meeting(unique_prefix, cancelled)
  tell_of_news = telling(channel, queue, ready_before)
end
local closed, belongs_here
if limits[3] or limits[5] or layout == 'follow' or layout == 'seek' or layout == 'own' then
  --#include admitted
  closed, belongs_here = admitted(base, limits[3], limits[5], layout, now)
end
if with_tokens and redis.call('EXISTS', base .. 'remembered') == 1 then
  --#include remembered
  ended = function(id) return end_of(base, id, now) end
end

-- Not for ids that callers chose: one may be in a call twice. Nor if not all may be added: what is refused leaves nothing.
local all_new = not with_tokens and not meets and not closed and not belongs_here and room >= most and store_payloads_of_new(FIRST, WORDS)

local replies, alike = {}, true
for i = FIRST, #ARGV, WORDS do
  if bytes >= MOST_BYTES then
    break
  end
  local id, start, place, spec, payload = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4]
  local key, token = prefix .. id, with_tokens and ARGV[i + 5] or ''
  local reply, replaced
  if not all_new and redis.call('EXISTS', key) == 1 then
    reply = there(id)
    if token ~= '' and redis.pcall('HGET', key, 'by') == token then
      reply[1] = 4
    end
  elseif ended and ended(id) then
    reply = { 5, ended(id) }
  elseif closed then
    reply = closed
  elseif belongs_here and not belongs_here(spec) then
    reply = { 8 }
  elseif meets then
    reply, replaced = meets(id, spec)
  end
  if not reply and not replaced and room <= 0 then
    reply = { 3, limit - room, limit }
  elseif not reply then
    if holds then
      holds(id, spec)
    end
    if token ~= '' then
      redis.call('HSET', key, 'by', token)
    end
    -- The one that it replaced has left as much room as it takes.
    room = room - (replaced and 0 or 1)
    local run_at = add(key, id, start, place, spec, not all_new and payload, most)
    reply = (run_at or replaced) and { 1, now, run_at or now, run_at and 'scheduled' or 'ready', replaced and there(replaced) or nil } or now
  end
  replies[#replies + 1] = reply
  alike = alike and reply == now
end
take_places()
store_payloads()
if ready_before == 0 then
  --#include known
  register(base)
end
expire_if_private(prefix, { ready, last_seq and last_seq <= most and meta or nil }, FIRST, WORDS)
-- Handlers of which something could start have been announced already, and whoever took the hint goes on until nothing is left.
if tell_of_news then
  tell_of_news()
elseif any_due and ready_before == 0 and not limits[2] and not next(news) then
  --#include wake_one
  wake_one(base, channel, queue, string.match(home, '^[^>]+'), now_text)
elseif any_due and ready_before == 0 or next(news) then
  --#include batch_news
  --#include wake
  wake(base, channel, queue, handlers_of_news(ready_before, limits[2]), now)
end
if first_known then
  --#include timed
  --#include first_at
  tell_of_scheduled(base, channel, queue, first_at(scheduled), first_known, now)
end
-- One number for most calls: a longer answer takes longer, here and where it is read.
return alike and now or replies
