-- Stops or resumes claiming from a queue.
-- KEYS     meta, running
-- ARGV     1 to stop, 0 to resume, job key prefix, wake-up channel, queue name
-- Changes  the flag, and since when it is set; the version of what is set, see setting_changed.lua; when it is resumed, its entry in next; running only seemingly, see when_full.lua
-- Returns  1
-- Repeat   safe: it sets the flag again
--#include time
--#include when_full
--#include keys
--#include news
--#include setting_changed
local meta, running = KEYS[1], KEYS[2]
local paused, prefix, channel, queue = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
go_on_when_full(running)
if paused == '1' then
  redis.call('HSET', meta, 'paused', 1)
  redis.call('HSETNX', meta, 'paused_at', string.format('%.0f', now_ms()))
else
  redis.call('HDEL', meta, 'paused', 'paused_at')
  wake_of_all(base_of(prefix), channel, queue)
end
setting_changed(meta)
return 1
