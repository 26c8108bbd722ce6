-- Adds jobs to one queue, each unless the queue has one with that id.
-- KEYS     meta, ready, scheduled
-- ARGV     job key prefix, wake-up channel, queue name;
--          then for each job: id, start ('+<ms>' from now or '<ms>' since 1970), priority, count of fields to store and
--          as many names and values
-- Changes  atomically: the job hashes, and their places in ready or scheduled
-- Returns  for each job {1, enqueued_at, run_at, state} if it is new, {0, JOB_FIELDS of the one that is there} if not
-- Repeat   safe: the second time every job is there
--#include time
--#include ready
local meta, ready, scheduled = KEYS[1], KEYS[2], KEYS[3]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]

local now = now_ms()
local ready_before = redis.call('ZCARD', ready)
local any_due = false
local replies = {}
local at = 4
while at <= #ARGV do
  local id, start, priority, count = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local first_field = at + 4
  at = first_field + 2 * count
  local key = prefix .. id
  if redis.call('EXISTS', key) == 1 then
    local there = redis.pcall('HMGET', key, unpack(JOB_FIELDS))
    replies[#replies + 1] = { 0, there.err and {} or there }
  else
    local run_at = tonumber(start)
    if string.sub(start, 1, 1) == '+' then
      run_at = now + run_at
    end
    run_at = math.max(run_at, now)
    local due = run_at <= now
    local state = due and 'ready' or 'scheduled'
    local seq = 0
    if due then
      seq = redis.call('HINCRBY', meta, 'seq', 1)
      redis.call('ZADD', ready, ready_score(priority, seq), id)
      any_due = true
    else
      redis.call('ZADD', scheduled, run_at, id)
    end
    redis.call('HSET', key, 'state', state, 'attempt', 0, 'seq', seq, 'enqueued_at', now, 'run_at', run_at,
      unpack(ARGV, first_field, at - 1))
    replies[#replies + 1] = { 1, now, run_at, state }
  end
end
-- A queue that had due work has been announced already, and whoever took the hint goes on until it is empty.
if any_due and ready_before == 0 then
  wake(channel, queue)
end
return replies
