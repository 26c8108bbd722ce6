-- Stops or resumes claiming from a queue.
-- KEYS     meta, running
-- ARGV     1 to stop, 0 to resume, wake-up channel, queue name
-- Changes  the flag; running only seemingly, see when_full.lua
-- Returns  1
-- Repeat   safe: it sets the flag again
--#include when_full
--#include wake
local meta, running = KEYS[1], KEYS[2]
local paused, channel, queue = ARGV[1], ARGV[2], ARGV[3]
go_on_when_full(running)
redis.call('HSET', meta, 'paused', paused)
if paused == '0' then
  wake(channel, queue)
end
return 1
