-- Reads some queues of a bucket with their figures, in the order of their names. What is no name of a queue is left out.
-- KEYS     names
-- ARGV     what the keys of the bucket's queues begin with, first and last name as ZRANGEBYLEX takes them, most queues
-- Changes  nothing
-- Returns  {name of the first queue beyond these, or '' if there is none, then for each {name, its figures as figures.lua has them}}
-- Repeat   safe: it reads
--#include time
--#include figures
local names = KEYS[1]
local bucket, from, to, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
-- Somebody may have written what is no name of a queue.
local MOST_LOOKED_AT = 1000
local now = now_ms()

local function is_name(text)
  return #text <= 64 and string.find(text, '^[a-z0-9._-]+$')
end

local found, looked_at, last = {}, 0, nil
repeat
  local page = redis.call('ZRANGEBYLEX', names, last and '(' .. last or from, to, 'LIMIT', 0, most + 1)
  for _, name in ipairs(page) do
    last, looked_at = name, looked_at + 1
    if is_name(name) then
      found[#found + 1] = name
    end
  end
until #page <= most or #found > most or looked_at >= MOST_LOOKED_AT

-- Behind so many that are no names there may be others.
local reply = { found[most + 1] or looked_at >= MOST_LOOKED_AT and last or '' }
for i = 1, math.min(most, #found) do
  reply[i + 1] = { found[i], figures_of(bucket .. found[i] .. ':', now) }
end
return reply
