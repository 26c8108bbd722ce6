-- Adds what one instance has counted of jobs to the points of time that are under way.
-- KEYS     number of the sender's latest batch; series by how busy they are; the hour in which these were last aged
-- ARGV     prefix of all keys; number of this batch; most series that are told apart; '1' if some are in the total alone; how many
--          resolutions; for each: its letter, ms from point to point, points of a chunk, bits of a number, bytes of a point, for how many ms it
--          is kept; then for each series: name, '' for the total; its weight; how many numbers follow, and of each its index and what is added
-- Changes  atomically: the sender's number, which expires when it cannot repeat itself any more; the series of each chunk, the numbers
--          of their points; how busy they are, of which the busiest are told apart
-- Returns  1, or 0 if the batch was added before
-- Repeat   safe: a sender sends its next batch when the one before was answered, and the latest is not added again. Should the
--          number be evicted meanwhile, it counts twice
--#include time
--#include stats_chunk
local sender, busy, aged_at = KEYS[1], KEYS[2], KEYS[3]
local prefix, number, most, partial = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local resolutions = tonumber(ARGV[5])
local FIRST, WORDS = 6, 6
local HOUR_MS = 3600000
local NUMBER_KEPT_MS = 24 * HOUR_MS
local BUSY_KEPT_MS = 31 * 24 * HOUR_MS
-- Half of it after six hours.
local LEFT_AFTER_HOUR = 0.89
-- As many more as are told apart wait to be, should they become busier.
local CANDIDATES = 2

if tonumber(redis.call('GET', sender) or '0') >= number then
  return 0
end
-- First, so that a batch that breaks off, as rights are missing, say, counts in part and not again and again.
redis.call('SET', sender, number, 'PX', NUMBER_KEPT_MS)
local now = now_ms()

local chunks = {}
for i = 1, resolutions do
  local at = FIRST + (i - 1) * WORDS
  local letter, step, points = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local bits, bytes, kept = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4]), tonumber(ARGV[at + 5])
  chunks[i] = chunk_at(prefix .. letter .. ':', now, { step = step, points = points, bits = bits, bytes = bytes, kept = kept })
  if partial == '1' then
    mark_partial(chunks[i])
  end
end

local hour = math.floor(now / HOUR_MS)
local aged = tonumber(redis.call('GET', aged_at) or hour)
if hour > aged then
  redis.call('ZUNIONSTORE', busy, 1, busy, 'WEIGHTS', LEFT_AFTER_HOUR ^ (hour - aged))
end

local from = FIRST + resolutions * WORDS
while from <= #ARGV do
  local name, weight, count = ARGV[from], ARGV[from + 1], tonumber(ARGV[from + 2])
  local apart = false
  if name ~= '' and most > 0 then
    redis.call('ZINCRBY', busy, weight, name)
    apart = redis.call('ZREVRANK', busy, name) < most
  end
  for i = 1, resolutions do
    local place = name == '' and 0 or place_in(chunks[i], name, apart, most)
    if place then
      add_numbers(chunks[i], place, from + 3, count)
    end
  end
  from = from + 3 + 2 * count
end

local beyond = redis.call('ZCARD', busy) - CANDIDATES * most
if beyond > 0 then
  redis.call('ZPOPMIN', busy, beyond)
end
redis.call('PEXPIRE', busy, BUSY_KEPT_MS)
redis.call('SET', aged_at, hour, 'PX', BUSY_KEPT_MS)
return 1
