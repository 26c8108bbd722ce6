-- Reads what this store is to a mirrored queue, and how it stands.
-- KEYS     meta
-- ARGV     job key prefix
-- Changes  nothing
-- Returns  {meta's field mirror or '', the run of this Redis, ms since the owner was said to work or -1, the latest change, changes of which the other store has not
--          heard, copies, jobs that wait or run, pauses and limits, see settings.lua, 1 if this store took over when it may have lost something, and has
--          not been compared since, else 0}
-- Repeat   safe: it reads
--#include time
--#include keys
--#include mirror
--#include settings
local meta = KEYS[1]
local base = base_of(ARGV[1])
local stored = redis.call('HMGET', meta, 'mirror', 'alive', 'changes', 'uncompared')
local age = stored[2] and now_ms() - tonumber(stored[2]) or -1
local live = 0
for _, set in ipairs({ 'ready', 'apart', 'scheduled', 'running' }) do
  live = live + redis.call('ZCARD', base .. set)
end
local unheard, copies = redis.call('ZCARD', base .. 'outbox'), redis.call('ZCARD', base .. 'held')
return { stored[1] or '', run_id(), age, tonumber(stored[3] or 0), unheard, copies, live, settings_of(meta), tonumber(stored[4] or 0) }
