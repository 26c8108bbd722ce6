-- Until when what a remote worker serves is served: those that are drained serve nothing.
-- Of more workers none is looked at: what they serve is served until nobody has been heard of for a while.
local MOST_WORKERS_LOOKED_AT = 1000

local function is_drained(drains, kind, name, now)
  return tonumber(redis.call('ZSCORE', drains, kind .. ' ' .. name) or 0) > now
end

-- After a drain of a worker has begun or ended. keys: drains, remote, served, prefix of the workers' hashes.
local function look_who_serves(keys, worker, now)
  local digest = redis.pcall('HGET', keys.prefix .. 'remote ' .. worker, 'serves')
  if type(digest) ~= 'string' or redis.call('ZCARD', keys.remote) > MOST_WORKERS_LOOKED_AT then
    return
  end
  local latest = now
  local all = redis.call('ZRANGEBYSCORE', keys.remote, string.format('(%.0f', now), '+inf', 'WITHSCORES')
  for i = 1, #all, 2 do
    local known_until = tonumber(all[i + 1])
    if known_until > latest and redis.pcall('HGET', keys.prefix .. 'remote ' .. all[i], 'serves') == digest
      and not is_drained(keys.drains, 'remote', all[i], now) then
      latest = known_until
    end
  end
  redis.call('ZADD', keys.served, string.format('%.0f', latest), digest)
end
