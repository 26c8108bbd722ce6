-- The version of what people have set of a mirrored queue: meta's field settings. Of two stores the one with the higher version is right. What was set after a takeover
-- is newer than all that was set before it, in whichever store.
--#include mirror
local function setting_changed(meta)
  local stored = redis.call('HMGET', meta, 'mirror', 'settings')
  local _, epoch = mirror_of(stored[1])
  if epoch then
    local least = epoch * 1024 * 1024 * 1024 * 1024
    redis.call('HSET', meta, 'settings', string.format('%.0f', math.max(tonumber(stored[2] or 0) + 1, least)))
  end
end
