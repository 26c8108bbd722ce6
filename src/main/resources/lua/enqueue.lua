-- Adds jobs to one queue, each unless the queue has one with that id.
-- KEYS     meta, ready, scheduled
-- ARGV     job key prefix, wake-up channel, queue name;
--          then for each job: id, start ('+<ms>' from now or '<ms>' since 1970), priority, spec
-- Changes  atomically: the job hashes, and their places in ready or scheduled
-- Returns  for each job {1, enqueued_at, run_at, state} if it is new, {0, JOB_FIELDS of the one that is there} if not
-- Repeat   safe: the second time every job is there
--#include time
--#include ready
--#include private
local meta, ready, scheduled = KEYS[1], KEYS[2], KEYS[3]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]

local now = now_ms()
local now_text = string.format('%.0f', now)
local ready_before = redis.call('ZCARD', ready)
local last_seq
-- Places in line for all jobs of this call at once; those that turn out not to need one leave a gap, which is harmless.
local function next_seq()
  if not last_seq then
    local most = (#ARGV - 3) / 4
    last_seq = redis.call('HINCRBY', meta, 'seq', most) - most
  end
  last_seq = last_seq + 1
  return last_seq
end

local due, later = {}, {}
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
      local seq = next_seq()
      redis.call('HSET', key, 'spec', spec, 'state', 'ready', 'seq', seq, 'enqueued_at', now_text)
      due[#due + 1] = ready_score(priority, seq)
      due[#due + 1] = id
      replies[#replies + 1] = { 1, now, now, 'ready' }
    else
      redis.call('HSET', key, 'spec', spec, 'state', 'scheduled', 'enqueued_at', now_text, 'run_at', run_at)
      later[#later + 1] = run_at
      later[#later + 1] = id
      replies[#replies + 1] = { 1, now, run_at, 'scheduled' }
    end
  end
end
local sooner = false
if #later > 0 then
  local first_known = first_at(scheduled)
  redis.call('ZADD', scheduled, unpack(later))
  sooner = worth_telling(first_at(scheduled), first_known, now)
end
if #due > 0 then
  redis.call('ZADD', ready, unpack(due))
end
expire_if_private(prefix, KEYS, 4, 4)
-- A queue that had due work has been announced already, and whoever took the hint goes on until it is empty,
-- and sets a timer for its next scheduled job.
if sooner or #due > 0 and ready_before == 0 then
  wake(channel, queue)
end
return replies
