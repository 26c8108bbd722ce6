-- What a queue is made of, and its end.
--#include keys

-- What of a queue is there as long as it has jobs, owes news or remembers ids.
local HELD = { 'ready', 'scheduled', 'running', 'apart', 'blocked', 'succeeded', 'dead', 'cancelled', 'handover', 'remembered', 'held', 'outbox' }
-- What people have set of it: fields of meta.
local SET = { 'max_waiting', 'concurrency', 'rate', 'group_concurrency', 'group_rate', 'paused_handlers', 'policy', 'mirror' }
-- What else there is of it.
local REST = { 'meta', 'receipts', 'claimants', 'bulk', 'bulk:until', 'rates', 'rates:until', 'rings', 'ringed', 'resting',
  'slots', 'busy', 'errors', 'errors:seen' }

local function keys_of(base, names)
  local keys = {}
  for _, name in ipairs(names) do
    keys[#keys + 1] = base .. name
  end
  return keys
end

local function anything_set(meta)
  if redis.call('HGET', meta, 'paused') == '1' then
    return true
  end
  for _, value in ipairs(redis.call('HMGET', meta, unpack(SET))) do
    if value then
      return true
    end
  end
  return false
end

local function forget(base)
  local bucket, queue = bucket_of(base)
  redis.call('UNLINK', unpack(keys_of(base, REST)))
  redis.call('ZREM', bucket .. 'names', queue)
  redis.call('ZREM', bucket .. 'next', queue, queue .. ' news', queue .. ' prune')
end
