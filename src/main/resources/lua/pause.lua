-- Stops or resumes claiming from a queue.
-- KEYS     meta, running
-- ARGV     1 to stop, 0 to resume
-- Changes  the flag; running only seemingly, see when_full.lua
-- Returns  1
-- Repeat   safe: it sets the flag again
--#include when_full
local meta, running = KEYS[1], KEYS[2]
local paused = ARGV[1]
go_on_when_full(running)
redis.call('HSET', meta, 'paused', paused)
return 1
