-- Leaves running jobs of one queue to whoever reports on them by a callback: their leases last to their time-out, whatever becomes of the
-- worker. Each if its lease is still the reporter's.
-- KEYS     running, meta
-- ARGV     job key prefix, wake-up channel, queue name; then for each job: id, lease token, ms until its time-out, ms until the next
--          attempt if nobody reports (-1: there must be none)
-- Changes  atomically: the expiry of the leases; the jobs are known to be received and pending; when the queue was looked at last
-- Returns  for each job its state, or '' if the report was refused
-- Repeat   safe: a job that is pending under this claim stays as it is
--#include fields
--#include time
--#include clock
--#include when_full
local running, meta = KEYS[1], KEYS[2]
local prefix = ARGV[1]
go_on_when_full(running)
local now = now_ms()
local clock = look_at_clock(meta, redis.call('HGET', meta, 'clock'), now)
local replies = {}
for i = 4, #ARGV, 4 do
  local id, token, timeout_ms, wait_ms = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2]), ARGV[i + 3]
  local key = prefix .. id
  local job = redis.pcall('HMGET', key, 'state', TOKEN, CLAIMS, 'pending')
  local reply = ''
  -- Whoever reports may have been faster.
  if not job.err and job[2] == token then
    reply = job[1]
    local pending = job[3] .. ' ' .. wait_ms
    if reply == 'running' and job[4] ~= pending then
      redis.call('ZADD', running, now + clock.offset + timeout_ms, id)
      redis.call('HSET', key, 'received', job[3], 'pending', pending)
    end
  end
  replies[#replies + 1] = reply
end
keep_clock(meta, clock, clock.since or redis.call('EXISTS', running) == 1)
return replies
