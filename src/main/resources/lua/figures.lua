-- Counts a queue.
-- KEYS     meta
-- ARGV     job key prefix
-- Changes  nothing
-- Returns  {ms it has been paused (0 if that is not known) or -1, ms the longest waiting due job has been due or -1, {limit of waiting jobs, of running ones, rate,
--          limit of running ones of a group, rate of a group, paused handlers, ids forgotten
--          too soon, ids remembered}, each nil if there is none, then how many are in each
--          state: ready, scheduled, running, succeeded, dead, cancelled, blocked}
-- Repeat   safe: it reads
--#include time
--#include keys
--#include figures
local prefix = ARGV[1]
return figures_of(base_of(prefix), now_ms())
