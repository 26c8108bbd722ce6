-- Adds records of what callers did, in the order given; the oldest beyond a number go.
-- KEYS     records, a stream; the number of the sender's latest batch
-- ARGV     number of this batch; most records to keep (a few more may be); each record, as text
-- Changes  the stream and the number, which expires a while after the last time that its sender can repeat itself
-- Returns  how many were added
-- Repeat   safe: a sender sends its next batch when the one before was answered, and the latest is not added again. Should the
--          number be evicted meanwhile, the records are there twice
local records, latest = KEYS[1], KEYS[2]
local number, most = tonumber(ARGV[1]), ARGV[2]
local FIRST = 3
local NUMBER_KEPT_MS = 3600000
if tonumber(redis.call('GET', latest) or '0') >= number then
  return 0
end
for i = FIRST, #ARGV do
  local text = ARGV[i]
  redis.call('XADD', records, 'MAXLEN', '~', most, '*', 'r', text)
end
redis.call('SET', latest, number, 'PX', NUMBER_KEPT_MS)
return #ARGV - FIRST + 1
