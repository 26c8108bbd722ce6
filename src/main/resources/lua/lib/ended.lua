-- Jobs of a queue that ended are to be deleted some time. meta's field pruning says that somebody is to look at them soon; while
-- it is there, ends need not say so again. See prune.lua.
--#include due
--#include known
--#include private
local PRUNE_AFTER_MS = 1000

-- pruning: meta's field, or nil.
local function prune_soon(base, now, pruning)
  if not pruning and not is_private(base) then
    redis.call('HSET', base .. 'meta', 'pruning', 1)
    redis.call('HDEL', base .. 'meta', 'idle_since')
    register(base)
    due_at(base, ' prune', now + PRUNE_AFTER_MS)
  end
end

-- Of scripts that have not read meta.
local function one_ended(base, now, id)
  local meta = redis.call('HMGET', base .. 'meta', 'pruning', 'mirror')
  prune_soon(base, now, meta[1])
  if meta[2] then
    --#include outbox
    redis.call('ZREM', base .. 'held', id)
    changed(base, { id })
  end
end
