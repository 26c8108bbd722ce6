-- Order of a line: priority first (9 before 0), then arrival. One score holds both: arrivals count up to 2^49, and
-- sixteen tiers of 2^49 stay within 2^53, the largest integer a score keeps exactly.
local TIER = 562949953421312
-- Jobs that keep the order of their group are a tier of their own, behind all others.
local ORDERED = 10 * TIER

-- One of so many that are taken from lines with jobs of several priorities may be one that has aged: see take.lua.
local AGED_SHARE = 8

local function ready_score(priority, seq)
  return (9 - priority) * TIER + seq
end
