-- Adds jobs to one queue, each unless the queue has one with that id.
-- KEYS     meta, ready, scheduled
-- ARGV     job key prefix, wake-up channel, queue name;
--          then for each job: id, start ('+<ms>' from now or '<ms>' since 1970), priority, spec
-- Changes  atomically: the job hashes, and their places in ready or scheduled
-- Returns  for each job {1, enqueued_at, run_at, state} if it is new, {0, JOB_FIELDS of the one that is there} if not
-- Repeat   safe: the second time every job is there
--#include time
--#include ready
local meta, ready, scheduled = KEYS[1], KEYS[2], KEYS[3]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]

local now = now_ms()
local now_text = string.format('%.0f', now)
local ready_before = redis.call('ZCARD', ready)
local any_due = false
local replies = {}
for i = 4, #ARGV, 4 do
  local id, start, priority, spec = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2]), ARGV[i + 3]
  local key = prefix .. id
  if redis.call('EXISTS', key) == 1 then
    local there = redis.pcall('HMGET', key, unpack(JOB_FIELDS))
    replies[#replies + 1] = { 0, there.err and {} or there }
  else
    local run_at = tonumber(start)
    if string.sub(start, 1, 1) == '+' then
      run_at = now + run_at
    end
    if run_at <= now then
      local seq = redis.call('HINCRBY', meta, 'seq', 1)
      redis.call('ZADD', ready, ready_score(priority, seq), id)
      redis.call('HSET', key, 'spec', spec, 'state', 'ready', 'seq', seq, 'enqueued_at', now_text)
      replies[#replies + 1] = { 1, now, now, 'ready' }
      any_due = true
    else
      redis.call('ZADD', scheduled, run_at, id)
      redis.call('HSET', key, 'spec', spec, 'state', 'scheduled', 'enqueued_at', now_text, 'run_at', run_at)
      replies[#replies + 1] = { 1, now, run_at, 'scheduled' }
    end
  end
end
-- A queue that had due work has been announced already, and whoever took the hint goes on until it is empty.
if any_due and ready_before == 0 then
  wake(channel, queue)
end
return replies
