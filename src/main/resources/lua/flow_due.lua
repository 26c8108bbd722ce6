-- Takes steps of flows whose time has come, and deletes flows that were kept for long enough.
-- KEYS     todo, over, next of the bucket, all flows
-- ARGV     flow key prefix, most steps (fewer if they come to MOST_BYTES before), ms until they are due again, the most ms that any is put off
-- Changes  todo, over, all flows; flows that are over; the entry of flows in next
-- Returns  the steps: {id of the job, wish, definition, start and spec}
-- Repeat   safe: steps taken by a call whose answer was lost are due again soon
--#include time
--#include bytes
--#include flow_steps
--#include flow_over
--#include flows_due
local todo, over, next_key, all = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prefix, max, patience_ms = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local longest_ms = tonumber(ARGV[4])
local now = now_ms()
for _, id in ipairs(redis.call('ZRANGEBYSCORE', over, '-inf', now, 'LIMIT', 0, max)) do
  -- One that was made again under its id stays.
  if past_its_time(prefix .. id, now) then
    redis.call('UNLINK', prefix .. id)
    redis.call('ZREM', all, id)
  end
  redis.call('ZREM', over, id)
end
local steps, bytes = {}, 0
local due = redis.call('ZRANGEBYSCORE', todo, '-inf', now, 'LIMIT', 0, max)
if #due == 0 then
  -- Further away than any is put off: Redis's clock has stepped back since.
  due = redis.call('ZRANGEBYSCORE', todo, string.format('(%.0f', now + longest_ms), '+inf', 'LIMIT', 0, max)
end
for _, id in ipairs(due) do
  if bytes >= MOST_BYTES then
    break
  end
  local flow, index = string.match(id, '^flow%-(.+)%-(%d+)$')
  local step = flow and step_of(prefix .. flow, id, index)
  if step then
    redis.call('ZADD', todo, now + patience_ms, id)
    steps[#steps + 1] = step
    bytes = bytes + bytes_of(step)
  else
    redis.call('ZREM', todo, id)
  end
end
flows_not_before(next_key, flows_first_due(todo, over))
return steps
