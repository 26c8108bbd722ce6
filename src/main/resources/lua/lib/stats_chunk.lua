-- Chunks of statistics: the points of some time at one resolution. <key> is a hash of the series that are told apart in it, each with its
-- place, <key>:<place> the numbers of their points, a string with a place for each number. Place 0 is the total of all series.

local PARTIAL = '+'

-- The chunk that is under way.
local function chunk_at(prefix, now, resolution)
  local length = resolution.step * resolution.points
  local chunk = math.floor(now / length)
  return {
    key = prefix .. string.format('%.0f', chunk),
    point = math.floor(now / resolution.step) - chunk * resolution.points,
    expires_in = (chunk + 1) * length - now + resolution.kept,
    resolution = resolution,
  }
end

-- How many series it has. The first asked for makes it.
local function series_of(chunk)
  local known = redis.call('HLEN', chunk.key)
  if known > 0 then
    return known - 1
  end
  redis.call('HSET', chunk.key, PARTIAL, 0)
  redis.call('PEXPIRE', chunk.key, chunk.expires_in)
  return 0
end

-- Some series are in the total alone.
local function mark_partial(chunk)
  series_of(chunk)
  redis.call('HSET', chunk.key, PARTIAL, 1)
end

-- The place of a series, which it gets if it is to be told apart and there is room; nil if it has none.
local function place_in(chunk, name, apart, most)
  local place = redis.call('HGET', chunk.key, name)
  if place then
    return place
  end
  local known = series_of(chunk)
  if not apart or known >= most then
    mark_partial(chunk)
    return nil
  end
  redis.call('HSET', chunk.key, name, known + 1)
  return known + 1
end

-- Adds numbers to the point that is under way: indexes and what is added, from an argument on.
local function add_numbers(chunk, place, from, count)
  local resolution = chunk.resolution
  local key = chunk.key .. ':' .. place
  if redis.call('EXISTS', key) == 0 then
    -- All of it at once, for a string that grows gets twice the memory that it needs.
    redis.call('SETRANGE', key, resolution.points * resolution.bytes - 1, '\0')
    redis.call('PEXPIRE', key, chunk.expires_in)
  end
  local command = { 'BITFIELD', key, 'OVERFLOW', 'SAT' }
  local first_bit = chunk.point * resolution.bytes * 8
  for i = from, from + 2 * (count - 1), 2 do
    local index, more = tonumber(ARGV[i]), ARGV[i + 1]
    command[#command + 1] = 'INCRBY'
    command[#command + 1] = 'u' .. resolution.bits
    command[#command + 1] = first_bit + index * resolution.bits
    command[#command + 1] = more
  end
  redis.call(unpack(command))
end
