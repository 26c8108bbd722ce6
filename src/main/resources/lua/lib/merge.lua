-- Takes the best jobs of several lines. lines: as served_lines answers them; line.taken: how many were taken of it.

local function read_on(line, chunk)
  local count = math.min(chunk, line.room - line.taken)
  line.read = count > 0 and redis.call('ZRANGE', line.key, line.taken, line.taken + count - 1, 'WITHSCORES') or {}
  line.at = 1
end

-- Puts a line among those that are open, the best last.
local function open_again(open, line)
  local score = tonumber(line.read[line.at + 1])
  if not score then
    return
  end
  local at = #open + 1
  while at > 1 and open[at - 1].score < score do
    at = at - 1
  end
  line.score = score
  table.insert(open, at, line)
end

-- Up to so many ids, each followed by its score; and the line of each.
local function merge(lines, count)
  local chunk = math.max(2, math.ceil(2 * count / #lines))
  local open, popped, of = {}, {}, {}
  for _, line in ipairs(lines) do
    line.taken = 0
    read_on(line, chunk)
    open_again(open, line)
  end
  while #of < count and #open > 0 do
    local line = table.remove(open)
    popped[#popped + 1], popped[#popped + 2] = line.read[line.at], line.read[line.at + 1]
    of[#of + 1] = line
    line.taken, line.at = line.taken + 1, line.at + 2
    if line.at > #line.read then
      read_on(line, chunk)
    end
    open_again(open, line)
  end
  for _, line in ipairs(lines) do
    if line.taken > 0 then
      redis.call('ZPOPMIN', line.key, line.taken)
    end
  end
  return popped, of
end
