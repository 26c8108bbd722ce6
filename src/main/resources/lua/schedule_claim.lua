-- Gives schedules with due runs to one instance for a while, and those whose next run was worked out by a later time than
-- it is now: the clock went back.
-- KEYS     due, timed, receipt of this claimant
-- ARGV     schedule key prefix, token, most schedules, lease in ms
-- Changes  atomically: the claimed schedules' places in due and timed, so that nobody else gets them before the lease is over;
--          leases that a clock that went back made longer are cut to one from now
-- Returns  {now in ms, ms until the next schedule is due, or -1, then for each schedule {name, SCHEDULE_FIELDS}}
-- Repeat   safe: the receipt names the schedules of this claimant's latest claim; the same token again gets those
--#include time
--#include schedule
local due, timed, receipt = KEYS[1], KEYS[2], KEYS[3]
local prefix, token, max, lease_ms = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local now = now_ms()

local names = {}
local latest = redis.call('GET', receipt)
if latest and string.sub(latest, 1, #token + 1) == token .. ' ' then
  for name in string.gmatch(string.sub(latest, #token + 2), '%S+') do
    names[#names + 1] = name
  end
else
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', timed, '(' .. now, '+inf', 'LIMIT', 0, max)) do
    local place = tonumber(redis.call('ZSCORE', due, name)) or now
    local in_hand = place ~= tonumber(redis.pcall('HGET', prefix .. name, 'next'))
    redis.call('ZADD', due, in_hand and math.min(place, now + lease_ms) or now, name)
    redis.call('ZADD', timed, now, name)
  end
  names = redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, max)
  for _, name in ipairs(names) do
    redis.call('ZADD', due, now + lease_ms, name)
    redis.call('ZADD', timed, now, name)
  end
  if #names > 0 then
    redis.call('SET', receipt, token .. ' ' .. table.concat(names, ' '), 'PX', lease_ms)
  end
end

local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')[2]
local reply = { now, first and math.max(tonumber(first) - now, 0) or -1 }
for _, name in ipairs(names) do
  reply[#reply + 1] = { name, read_schedule(prefix .. name) }
end
return reply
