-- How often a queue starts jobs.
--#include rate

-- Answers two functions: how many the rate lets start now, and in how many ms one if none; and what notes that so many were.
local function queue_rate(meta, rate, used, now)
  return function()
    return tokens(rate, used, now)
  end, function(count)
    used = without(rate, used, now, count)
    redis.call('HSET', meta, 'used', used)
  end
end
