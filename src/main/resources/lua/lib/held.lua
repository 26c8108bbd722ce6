-- Handlers that are held: by name 'since failed', since in ms, failed the number of attempts that had; 0 if somebody holds it by hand.

-- Ends it; that by hand only if so said. Whether it did.
local function release(held, probes, name, by_hand)
  local hold = redis.call('HGET', held, name)
  if not hold or not by_hand and string.match(hold, ' 0$') then
    return false
  end
  redis.call('HDEL', held, name)
  redis.call('HDEL', probes, name)
  return true
end
