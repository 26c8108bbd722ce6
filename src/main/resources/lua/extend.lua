-- Lets leases of one queue run on.
-- KEYS     running, meta
-- ARGV     job key prefix, lease in ms from now; then for each lease: id, token
-- Changes  atomically: the expiry of every lease that is still its holder's; the queue's entry in next; its job is known to be
--          received; when the queue was looked at last
-- Returns  for each lease that is lost its position, from 0, and the job's state ('' if there is none)
-- Repeat   safe: it sets the expiry to the same distance from now
--#include fields
--#include time
--#include clock
--#include due
--#include when_full
local running, meta = KEYS[1], KEYS[2]
local prefix, lease = ARGV[1], ARGV[2]
go_on_when_full(running)
local now = now_ms()
local clock = look_at_clock(meta, redis.call('HGET', meta, 'clock'), now)
local expiry = now + clock.offset + tonumber(lease)
local lost = {}
for i = 3, #ARGV, 2 do
  local id, token = ARGV[i], ARGV[i + 1]
  local job = redis.pcall('HMGET', prefix .. id, 'state', TOKEN, CLAIMS, 'received')
  if not job.err and job[1] == 'running' and job[2] == token then
    redis.call('ZADD', running, expiry, id)
    if job[3] ~= job[4] then
      redis.call('HSET', prefix .. id, 'received', job[3] or 0)
    end
  else
    lost[#lost + 1] = (i - 3) / 2
    lost[#lost + 1] = not job.err and job[1] or ''
  end
end
if tonumber(lease) < LOOK_AGAIN_MS then
  claim_due_at(base_of(prefix), now + tonumber(lease))
end
-- Jobs may be scheduled as well: only a claim, which looks at them too, says that nothing is timed any more.
keep_clock(meta, clock, clock.since or redis.call('EXISTS', running) == 1)
return lost
