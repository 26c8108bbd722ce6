-- Counts jobs of one state that match, a bounded number of them looked at: what a change to them would be about.
-- KEYS     the state's set, receipts
-- ARGV     as in lib/bulk.lua
-- Changes  nothing
-- Returns  {score and id of the last job looked at, or both '' if none comes after it, how many match}
-- Repeat   safe: it reads
--#include time
--#include bulk
local reply = look_through(now_ms(), function() end)
return { reply[1], reply[2], reply[4] }
