-- Deletes a queue: a bounded number of its jobs, and the queue itself once nothing is left. Unless forced, only one that has nothing.
-- Jobs of flows that are owed news of them stay until these are brought. Ids are remembered as if the jobs had been deleted one by one:
-- their enqueues may be under way again because an answer was lost.
-- KEYS     meta
-- ARGV     job key prefix, corrupt key prefix, unique key prefix, wake-up channel, queue name, 1 if forced or 0, most jobs to cancel, and
--          to delete; ms since their end that ids which callers chose are remembered, the same of other ids, how many at most
-- Changes  atomically: the mark in meta; the job hashes of those that are cancelled and their moves; all that is of those that are
--          deleted; with the last of them, all that is of the queue but ids remembered, its name and its entries in next
-- Returns  {1 if the queue is gone, 2 if there is more to do now, or 0, how many were deleted, now, {its jobs by state as figures.lua counts them, then jobs that flows
--          are owed news of, ids remembered, 1 if limits or pauses are set or 0}, then for each cancelled job id, handler and attempt}
-- Repeat   safe: it goes on
--#include fields
--#include time
--#include keys
--#include cancel
--#include leaving
--#include forget
--#include figures
--#include spec
--#include delete_first
--#include due
--#include when_full
local meta = KEYS[1]
local prefix, corrupt_prefix, unique_prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local forced, most = ARGV[6] == '1', tonumber(ARGV[7])
local chosen_ms, other_ms, most_remembered = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local REMEMBERED_LOOKED_AT_MS = 1000
local base, now = base_of(prefix), now_ms()
local q = { meta = meta, ready = base .. 'ready', scheduled = base .. 'scheduled', running = base .. 'running',
  cancelled = base .. 'cancelled', blocked = base .. 'blocked' }
local cancelled, stopped, deleted = {}, {}, 0

-- What is no job any more makes way for one that can be cancelled.
local function cancel(set, state, id)
  local key = prefix .. id
  local job = redis.pcall('HMGET', key, SPEC, ATTEMPT)
  if job.err then
    redis.call('UNLINK', key)
  elseif job[1] and handler_of(job[1]) then
    cancelled[#cancelled + 1] = id
    cancelled[#cancelled + 1] = handler_of(job[1])
    cancelled[#cancelled + 1] = job[2] or '0'
  end
  end_as_cancelled(q, key, id, state, now)
  redis.call('ZREM', set, id)
  if state == 'running' then
    stopped[#stopped + 1] = id
  end
end

local function cancel_some()
  local left = most
  for _, of in ipairs({ { 'apart', 'ready' }, { 'ready', 'ready' }, { 'scheduled', 'scheduled' }, { 'blocked', 'blocked' },
    { 'running', 'running' } }) do
    local ids = left > 0 and redis.call('ZRANGE', base .. of[1], 0, left - 1) or {}
    for _, id in ipairs(ids) do
      cancel(base .. of[1], of[2], id)
    end
    left = left - #ids
  end
  if #stopped > 0 then
    tell_cancelled(channel, queue, table.concat(stopped, ' '))
  end
end

-- Whether there are more to delete now.
local function delete_some()
  local from = { base = base, prefix = prefix, corrupt_prefix = corrupt_prefix, meta = meta, now = now,
    unique_prefix = redis.call('HGET', meta, 'unique') and unique_prefix, chosen_ms = chosen_ms, other_ms = other_ms }
  local any_more = false
  for _, state in ipairs({ 'succeeded', 'dead', 'cancelled' }) do
    local count, more = delete_first(from, state, redis.call('ZCARD', base .. state), most - deleted)
    deleted, any_more = deleted + count, any_more or more
  end
  trim_remembered(base, most_remembered, now)
  return any_more
end

local more = false
if forced then
  go_on_when_full(q.running)
  redis.call('HSET', meta, 'deleting', string.format('%.0f', now))
  local leaving = before_leaving(prefix, q.running)
  cancel_some()
  more = delete_some()
  -- Nobody may come to go on with it.
  tell_of_slots(leaving, channel, queue)
end
local held = { unpack(figures_of(base, now), 4) }
held[#held + 1] = redis.call('ZCARD', base .. 'handover')
local jobs = 0
for _, count in ipairs(held) do
  jobs = jobs + count
end
held[#held + 1] = redis.call('ZCARD', base .. 'remembered')
held[#held + 1] = anything_set(meta) and 1 or 0
local bucket = bucket_of(base)
local unlisted = not redis.call('ZSCORE', bucket .. 'names', queue)
local gone = jobs == 0 and (forced or held[#held] == 0 and (unlisted or held[#held - 1] == 0))
if gone then
  forget(base)
  -- They are of use for a while, and nobody goes through what is not listed.
  if held[#held - 1] > 0 then
    due_at(base, ' prune', now + REMEMBERED_LOOKED_AT_MS)
  end
end
return { gone and 1 or (more or #cancelled > 0) and 2 or 0, deleted, string.format('%.0f', now), held, unpack(cancelled) }
