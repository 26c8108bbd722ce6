-- Reads a schedule, and the time.
-- KEYS     schedule
-- ARGV     none
-- Changes  nothing
-- Returns  {now in ms, SCHEDULE_FIELDS}; the fields of one that is not there are empty
-- Repeat   safe: it reads
--#include time
--#include schedule
local key = KEYS[1]
return { now_ms(), read_schedule(key) }
