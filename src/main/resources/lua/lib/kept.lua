-- Texts that are of use until a time, each a field of a hash. They do not expire, for what expires may be evicted while
-- somebody counts on it. A sorted set beside the hash has the fields by that time; whoever keeps one strikes off some that are
-- over.
local function until_of(hash)
  return hash .. ':until'
end

local function strike_off(hash, fields)
  if #fields > 0 then
    redis.call('HDEL', hash, unpack(fields))
    redis.call('ZREM', until_of(hash), unpack(fields))
  end
end

-- Strikes off up to so many that are over.
local function strike_off_over(hash, now, most)
  strike_off(hash, redis.call('ZRANGEBYSCORE', until_of(hash), '-inf', now, 'LIMIT', 0, math.min(most, 1000)))
end

-- most: how many there may be at a time, or nil; beyond, those that are over first go. They come one at a time, so two make room.
local function keep_until(hash, field, text, over_at, now, most)
  redis.call('HSET', hash, field, text)
  redis.call('ZADD', until_of(hash), over_at, field)
  strike_off_over(hash, now, 2)
  if most and redis.call('ZCARD', until_of(hash)) > most then
    strike_off(hash, redis.call('ZRANGE', until_of(hash), 0, 1))
  end
end
