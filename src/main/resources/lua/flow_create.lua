-- Makes a flow, unless there is one with that id.
-- KEYS     flow, todo, next of the bucket, all flows
-- ARGV     prefix of its jobs' ids, ms until its steps are due; then for each job: definition ('<queue> <policy> <name>'), start and
--          spec, parents ('0 1'), children ('3c 4r': index and first letter of its policy), number of parents
-- Changes  atomically: flow, todo, all flows; the entry of flows in next
-- Returns  {1} if it is new; if not {0, the steps that nobody has reported on}
-- Repeat   safe: the second time it is there
--#include time
--#include flow_steps
--#include flow_over
--#include flows_due
local flow, todo, next_key, all = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prefix, patience_ms = ARGV[1], tonumber(ARGV[2])
local FIRST, WORDS = 3, 5
local size = (#ARGV - FIRST + 1) / WORDS
local now = now_ms()

if past_its_time(flow, now) then
  redis.call('UNLINK', flow)
end
if redis.call('EXISTS', flow) == 1 then
  local reply = { 0 }
  for i = 0, tonumber(redis.call('HGET', flow, 'size')) - 1 do
    local step = string.sub(redis.call('HGET', flow, 's:' .. i), 1, 3) == 'to-' and step_of(flow, prefix .. i, i)
    if step then
      reply[#reply + 1] = step
    end
  end
  return reply
end
redis.call('HSET', flow, 'size', size, 'open', size, 'created_at', now)
redis.call('ZADD', all, now, string.sub(prefix, 6, -2))
for i = 0, size - 1 do
  local at = FIRST + i * WORDS
  local definition, job, parents, children, waits = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], tonumber(ARGV[at + 4])
  redis.call('HSET', flow, 'd:' .. i, definition, 'j:' .. i, job, 'p:' .. i, parents, 'c:' .. i, children, 'w:' .. i, waits,
    's:' .. i, waits == 0 and 'to-run' or 'to-block')
  redis.call('ZADD', todo, now + patience_ms, prefix .. i)
end
flows_due_at(next_key, now + patience_ms)
return { 1 }
