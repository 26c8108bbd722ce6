-- Has a store be the one with the copies of a queue whose owner is the other one, and makes copies of what waits or runs here, a bounded number.
-- KEYS     meta, ready, scheduled, running, held
-- ARGV     job key prefix, the owner's epoch, most jobs to make copies of
-- Changes  atomically: meta's field mirror, if its epoch is older; the job hashes, and their move from ready, scheduled and running to held; the outbox, for jobs that
--          came after all others had become copies: nobody compares them any more
-- Returns  {meta's field mirror, how many jobs became copies, how many of them ran}
-- Repeat   safe: it goes on
--#include fields
--#include time
--#include keys
--#include known
--#include mirror
--#include go_live
--#include startable
--#include added
--#include no_claims_due
--#include outbox
local meta, ready, scheduled, running, held = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local prefix, others, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local base, now = base_of(prefix), now_ms()
local stored = redis.call('HMGET', meta, 'mirror', 'given_up')
local known = stored[1] or ''
local role, epoch, run = mirror_of(known)
local came_late = role and (run ~= '-' or tonumber(stored[2]) == epoch)
if not role or epoch < others then
  epoch, came_late = others, false
  known = string.format('copy %d -', epoch)
  redis.call('HSET', meta, 'mirror', known, 'alive', string.format('%.0f', now))
  register(base)
elseif role == 'own' then
  return { known, 0, 0 }
end
local q = { prefix = prefix, base = base, meta = meta, ready = ready, scheduled = scheduled, held = held, now = now }
local left, ran, startable_before = most, 0, startable_now(base)
for _, of in ipairs({ 'running', 'ready', 'apart', 'scheduled' }) do
  local ids = left > 0 and redis.call('ZRANGE', base .. of, 0, left - 1) or {}
  for _, id in ipairs(ids) do
    leave_line(prefix, id)
    redis.call('ZREM', base .. of, id)
    local is_job = redis.pcall('HEXISTS', prefix .. id, SPEC)
    if is_job == 1 then
      redis.call('HDEL', prefix .. id, TOKEN)
      hold_copy(q, id)
      if came_late then
        to_outbox(base, { id })
      end
    end
  end
  if of == 'running' and #ids > 0 then
    -- Workers that look at this count have their leases extended, and hear that they are lost.
    redis.call('HINCRBY', meta, 'revoked', #ids)
    ran = #ids
  end
  left = left - #ids
end
-- Nobody is to look for them here.
no_claims_due(base, added(startable_now(base), startable_before))
if redis.call('EXISTS', running, ready, base .. 'apart', scheduled) == 0 then
  redis.call('HSET', meta, 'given_up', epoch)
  local bucket, queue = bucket_of(base)
  redis.call('ZREM', bucket .. 'next', queue)
end
return { known, most - left, ran }
