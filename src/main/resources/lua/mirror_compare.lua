-- Compares jobs of the other store of a mirrored queue, which have not ended there, with those that are here.
-- KEYS     meta
-- ARGV     job key prefix; then for each job: id, version
-- Changes  the outbox: those that are newer here, and in the owner those that have ended here in the same version, which was before the queue was mirrored
-- Returns  for each job that is not here 0 and its id, for one that is older here 1 and its id, for one that was deleted here after it had ended 2 and its id
-- Repeat   safe: each is there once
--#include fields
--#include time
--#include keys
--#include outbox
--#include ended_state
--#include mirror
--#include remembered
local meta = KEYS[1]
local prefix = ARGV[1]
local base, now = base_of(prefix), now_ms()
local known = redis.call('HGET', meta, 'mirror')
local owns = mirror_of(known) == 'own'
local newer, replies = {}, {}
for i = 2, #ARGV, 2 do
  local id, version = ARGV[i], tonumber(ARGV[i + 1])
  local job = redis.pcall('HMGET', prefix .. id, 'state', VERSION)
  local mine = tonumber(not job.err and job[2] or 0)
  local found
  if job.err or not job[1] then
    found = end_of(base, id, now) and 2 or 0
  elseif mine > version or mine == version and owns and has_ended(job[1]) then
    newer[#newer + 1] = id
  elseif mine < version then
    found = 1
  end
  if found then
    replies[#replies + 1] = found
    replies[#replies + 1] = id
  end
end
if #newer > 0 and known then
  to_outbox(base, newer)
end
return replies
