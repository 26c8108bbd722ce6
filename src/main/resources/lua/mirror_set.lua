-- Makes this store the owner of a queue's jobs or the one with the copies, or says that it has all there is to have, if it is what the caller believes it to be.
-- KEYS     meta
-- ARGV     job key prefix, what meta's field mirror is, or '', what it is to be: role, epoch, and the run of this Redis that the caller has seen, or '-' for none that
--          is known to have all
-- Changes  meta; the name of the queue, which is kept as long as it is mirrored
-- Returns  meta's field mirror; the run of this Redis
-- Repeat   safe: it is what it was to be then
--#include time
--#include keys
--#include known
--#include mirror
local meta = KEYS[1]
local prefix, believed, role, epoch, run = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local base, now_run = base_of(prefix), run_id()
local known = redis.call('HGET', meta, 'mirror') or ''
-- One that has restarted since is not the one that has all.
if known == believed and (run == '-' or run == now_run) then
  known = role .. ' ' .. epoch .. ' ' .. run
  redis.call('HSET', meta, 'mirror', known)
  redis.call('HDEL', meta, 'uncompared')
  if role == 'copy' then
    redis.call('HSET', meta, 'alive', string.format('%.0f', now_ms()))
  end
  register(base)
end
return { known, now_run }
