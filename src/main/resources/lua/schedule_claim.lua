-- Gives schedules with due runs to one instance for a while.
-- KEYS     due, receipt of this claimant
-- ARGV     schedule key prefix, token, most schedules, lease in ms
-- Changes  atomically: the claimed schedules' places in due, so that nobody else gets them before the lease is over
-- Returns  {now in ms, ms until the next schedule is due, or -1, then for each schedule {name, SCHEDULE_FIELDS}}
-- Repeat   safe: the receipt names the schedules of this claimant's latest claim; the same token again gets those
--#include time
--#include schedule
local due, receipt = KEYS[1], KEYS[2]
local prefix, token, max, lease_ms = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local now = now_ms()

local names = {}
local latest = redis.call('GET', receipt)
if latest and string.sub(latest, 1, #token + 1) == token .. ' ' then
  for name in string.gmatch(string.sub(latest, #token + 2), '%S+') do
    names[#names + 1] = name
  end
else
  names = redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, max)
  for _, name in ipairs(names) do
    redis.call('ZADD', due, now + lease_ms, name)
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
