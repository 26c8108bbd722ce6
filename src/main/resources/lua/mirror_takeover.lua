-- Makes the store with the copies the owner if nobody has said for so long that the owner works, and starts copies, a bounded number. A Redis that has just started
-- begins to wait then: others had no time to say so.
-- KEYS     meta, ready, scheduled, held
-- ARGV     job key prefix, wake-up channel, queue name, the epoch of the copies, ms that the owner may be silent for, most copies to start
-- Changes  atomically: meta's field mirror; the job hashes, and their move from held to ready or scheduled; the name of the queue and its entry in next
-- Returns  {meta's field mirror or '', ms to wait or 0, how many copies were started}
-- Repeat   safe: the owner goes on to start what is left
--#include fields
--#include time
--#include keys
--#include known
--#include mirror
--#include go_live
--#include first_at
--#include startable
--#include news
--#include timed
local meta, ready, scheduled, held = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3]
local believed, hold_ms, most = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
-- Fences and versions begin there: 2^40 of them in each epoch.
local EACH_EPOCH = 1024 * 1024 * 1024 * 1024
local base, now, run = base_of(prefix), now_ms(), run_id()
local stored = redis.call('HMGET', meta, 'mirror', 'alive', 'waiting')
local role, epoch, known_run = mirror_of(stored[1])

local function wait_from_now()
  redis.call('HSET', meta, 'alive', string.format('%.0f', now), 'waiting', run)
  return { stored[1], hold_ms, 0 }
end

if role == 'copy' and epoch == believed then
  local age = now - tonumber(stored[2] or 0)
  -- The clock stepped back, or the owner may have been said to work while this Redis was away.
  if age < 0 or known_run ~= run and stored[3] ~= run then
    return wait_from_now()
  elseif age < hold_ms then
    return { stored[1], hold_ms - age, 0 }
  end
  epoch = epoch + 1
  stored[1] = string.format('own %d %s', epoch, run)
  redis.call('HSET', meta, 'mirror', stored[1])
  if known_run ~= run then
    -- It may have taken over into this epoch before and have lost that, with jobs of which the other store has copies.
    redis.call('HSET', meta, 'uncompared', 1)
  end
elseif role ~= 'own' or epoch ~= believed + 1 then
  return { stored[1] or '', 0, 0 }
end

local q = { prefix = prefix, base = base, meta = meta, ready = ready, scheduled = scheduled, now = now }
local ids = redis.call('ZRANGE', held, 0, most - 1)
if #ids > 0 then
  local startable_before, first_known = startable_now(base), first_at(scheduled)
  redis.call('ZREM', held, unpack(ids))
  local first = string.format('%.0f', epoch * EACH_EPOCH)
  for _, id in ipairs(ids) do
    local is_job = redis.pcall('HEXISTS', prefix .. id, SPEC)
    if is_job == 1 then
      redis.call('HSET', prefix .. id, VERSION, first, CLAIMS, first)
      go_live(q, id)
    end
  end
  register(base)
  wake_of_news(base, channel, queue, startable_before, now, q.fresh)
  tell_of_scheduled(base, channel, queue, first_at(scheduled), first_known, now)
end
return { stored[1], 0, #ids }
