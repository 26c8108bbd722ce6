-- A token bucket, kept as the time at which it will be full again, in ms, and the rate it was used with: with another one it
-- is full. rate: '<tokens> <ms to fill it>'. Fractions of such times are known to a quarter of a thousandth only, hence
-- SLACK.
local SLACK = 0.001

local function ms_to_full(rate, used, now)
  local full_at, its_rate = string.match(used or '', '^(%S+) (.+)$')
  if its_rate ~= rate then
    return 0
  end
  local lacking, period = tonumber(full_at) - now, tonumber(string.match(rate, ' (%d+)$'))
  -- Longer than a period it lacks nothing: Redis's clock has stepped back since.
  return lacking > period + SLACK and 0 or math.max(lacking, 0)
end

-- How many tokens there are, and in how many ms there is one if there is none. used: what `without` answered last, or nil.
local function tokens(rate, used, now)
  local count, period = string.match(rate, '^(%d+) (%d+)$')
  local apiece = period / count
  local lacking = ms_to_full(rate, used, now)
  local there = math.floor((period - lacking + SLACK) / apiece)
  return there, there < 1 and math.max(1, math.ceil(lacking + apiece - period - SLACK)) or 0
end

-- The bucket after so many were taken, and in how many ms it is full.
local function without(rate, used, now, taken)
  local count, period = string.match(rate, '^(%d+) (%d+)$')
  local lacking = ms_to_full(rate, used, now) + taken * period / count
  return string.format('%.3f %s', now + lacking, rate), math.ceil(lacking)
end
