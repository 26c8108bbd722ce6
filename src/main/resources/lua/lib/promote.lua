-- How a scheduled job becomes ready. q: base, prefix, corrupt_prefix, meta, ready, scheduled, dead.
--#include fields
--#include spec
--#include line_up
--#include set_aside

-- It goes behind those of its priority that are ready. One that keeps the order of its group and was begun is in its old place.
local function promote(q, id, now)
  local key = q.prefix .. id
  redis.call('ZREM', q.scheduled, id)
  local job = redis.pcall('HMGET', key, SPEC, SEQ)
  local spec, seq = not job.err and job[1], tonumber(not job.err and job[2] or '')
  local priority, _, mark = priority_and_attempts(spec)
  if not priority then
    return set_aside(q.prefix, q.corrupt_prefix, q.dead, id, now, 'the job could not be read when it became due')
  end
  if not seq or mark ~= '=' then
    seq = redis.call('HINCRBY', q.meta, 'seq', 1)
  end
  redis.call('HSET', key, 'state', 'ready', SEQ, seq)
  line_up(q, id, spec, seq)
end
