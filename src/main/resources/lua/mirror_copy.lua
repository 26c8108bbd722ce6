-- Keeps copies of jobs that were enqueued in the other store of a mirrored queue: they wait in held, where no claim looks.
-- KEYS     meta, held
-- ARGV     job key prefix, the epoch that the caller believes in, '1' if the owner is away, so that it is to hear of them, else '', how many
--          copies may wait then unless the queue has a limit of its own; then for each job:
--          id, start ('+<ms>' from now or '<ms>' since 1970), spec, payload, the token of its enqueue, or ''
-- Changes  atomically: the job hashes and payloads, and their places in held; the outbox, if the owner is away; the name of the queue
-- Returns  {meta's field mirror or '', then for each job '' if it is new, the state of the one that is there, or 'full', copies that wait and the limit with spaces between};
--          nothing was done and nothing follows if this is not the store with the copies, or of another epoch
-- Repeat   safe: the second time every job is there
--#include fields
--#include time
--#include start
--#include keys
--#include known
--#include mirror
--#include outbox
local meta, held = KEYS[1], KEYS[2]
local prefix, believed, alone, most_waiting = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1', ARGV[4]
local base, now = base_of(prefix), now_ms()
local stored = redis.call('HMGET', meta, 'mirror', 'max_waiting')
local role, epoch = mirror_of(stored[1])
local replies, added = { stored[1] or '' }, {}
if role ~= 'copy' or epoch ~= believed then
  return replies
end
-- Its owner has let in all others.
local limit = alone and tonumber(stored[2] or most_waiting) or math.huge
local waiting = alone and redis.call('ZCARD', held) or 0
for i = 5, #ARGV, 5 do
  local id, start, spec, payload, token = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4]
  local key = prefix .. id
  local state = redis.pcall('HGET', key, 'state')
  if state then
    replies[#replies + 1] = type(state) == 'string' and state or 'dead'
  elseif waiting >= limit then
    replies[#replies + 1] = string.format('full %d %d', waiting, limit)
  else
    local run_at, wait = start_of(start, now)
    redis.call('HSET', key, SPEC, spec, 'state', 'scheduled', ENQUEUED_AT, string.format('%.0f', now))
    if run_at > now then
      redis.call('HSET', key, RUN_AT, run_at)
      if wait then
        redis.call('HSET', key, 'wait', wait)
      end
    end
    if token ~= '' then
      redis.call('HSET', key, 'by', token)
    end
    redis.call('SET', payload_key(prefix, id), payload)
    added[#added + 1] = math.max(run_at, now)
    added[#added + 1] = id
    replies[#replies + 1] = ''
    waiting = waiting + 1
  end
  if alone and redis.call('EXISTS', key) == 1 then
    to_outbox(base, { id })
  end
end
if #added > 0 then
  redis.call('ZADD', held, unpack(added))
  register(base)
end
return replies
