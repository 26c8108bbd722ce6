-- Reads a schedule, and the time.
-- KEYS     schedule
-- ARGV     none
-- Changes  nothing
-- Returns  {now in ms, SCHEDULE_FIELDS}; the fields of one that is not there are empty
--#include time
--#include schedule
return { now_ms(), read_schedule(KEYS[1]) }
