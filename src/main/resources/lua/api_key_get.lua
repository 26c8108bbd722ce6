-- Reads an API key, and the time.
-- KEYS     key
-- ARGV     none
-- Changes  nothing
-- Returns  {now in ms, API_KEY_FIELDS}; the fields of one that is not there are empty
-- Repeat   safe: it reads
--#include time
--#include api_key
local key = KEYS[1]
return { now_ms(), read_api_key(key) }
