-- Bounds sorted sets whose scores are times.
local MOST_STRUCK_OFF = 500

-- Takes out members up to that time, and the oldest of more than the most; a bounded number, which is returned.
local function struck_off(set, time, most)
  local out = redis.call('ZRANGEBYSCORE', set, '-inf', time, 'LIMIT', 0, MOST_STRUCK_OFF)
  if #out == 0 then
    local beyond = redis.call('ZCARD', set) - most
    out = beyond > 0 and redis.call('ZRANGE', set, 0, math.min(beyond, MOST_STRUCK_OFF) - 1) or out
  end
  if #out > 0 then
    redis.call('ZREM', set, unpack(out))
  end
  return out
end

-- Redis's clock has stepped back since: no end is later than that.
local function cut(set, latest)
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', set, string.format('(%.0f', latest), '+inf', 'LIMIT', 0, MOST_STRUCK_OFF)) do
    redis.call('ZADD', set, latest, member)
  end
end
