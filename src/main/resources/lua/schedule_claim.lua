-- Gives schedules with due runs to one instance for a while, and those whose next run was worked out by a later time than
-- it is now: the clock went back.
-- KEYS     due, timed, receipts (see kept.lua)
-- ARGV     schedule key prefix, token, most schedules (fewer if they come to MOST_BYTES before), lease in ms, claimant
-- Changes  atomically: the claimed schedules' places in due and timed, so that nobody else gets them before the lease is over;
--          leases that a clock that went back made longer are cut to one from now
-- Returns  {now in ms, ms until the next schedule is due, or -1, then for each schedule {name, SCHEDULE_FIELDS}}
-- Repeat   safe: the receipt names the schedules of this claimant's latest claim; the same token again gets those
--#include time
--#include bytes
--#include schedule
--#include kept
local due, timed, receipts = KEYS[1], KEYS[2], KEYS[3]
local prefix, token, max, lease_ms = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local claimant = ARGV[5]
local MOST_RECEIPTS = 1000
local now = now_ms()

local names, schedules, bytes = {}, {}, 0
local function read(name)
  local fields = read_schedule(prefix .. name)
  bytes = bytes + bytes_of(fields)
  names[#names + 1] = name
  schedules[#schedules + 1] = { name, fields }
end

local taken_until, by, list = string.match(redis.call('HGET', receipts, claimant) or '', '^(%d+) (%S+) (.+)$')
-- A lease that ends later than one taken now would is from before the clock was set back; it is over.
if by == token and tonumber(taken_until) > now and tonumber(taken_until) <= now + lease_ms then
  for name in string.gmatch(list, '%S+') do
    read(name)
  end
else
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', timed, '(' .. now, '+inf', 'LIMIT', 0, max)) do
    local place = tonumber(redis.call('ZSCORE', due, name)) or now
    local in_hand = place ~= tonumber(redis.pcall('HGET', prefix .. name, 'next'))
    redis.call('ZADD', due, in_hand and math.min(place, now + lease_ms) or now, name)
    redis.call('ZADD', timed, now, name)
  end
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, max)) do
    if bytes >= MOST_BYTES then
      break
    end
    redis.call('ZADD', due, now + lease_ms, name)
    redis.call('ZADD', timed, now, name)
    read(name)
  end
  if #names > 0 then
    local over_at = string.format('%.0f', now + lease_ms)
    keep_until(receipts, claimant, over_at .. ' ' .. token .. ' ' .. table.concat(names, ' '), over_at, now, MOST_RECEIPTS)
  end
end

local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')[2]
local reply = { now, first and math.max(tonumber(first) - now, 0) or -1 }
for _, schedule in ipairs(schedules) do
  reply[#reply + 1] = schedule
end
return reply
