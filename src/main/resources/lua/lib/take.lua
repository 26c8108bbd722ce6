-- Takes jobs from the front of lines, as if they were one: the highest priority first, but every eighth of those with several is the
-- one that has waited longest of the lower ones, once it has waited for so long that it has aged. An aged one is in its place among
-- those counted, so that the first few of them are what a claim of fewer would have got. claim: see hand_out.lua.
-- What was taken is {popped: ids, each followed by its score; of: the line of each, or of all of them; mixed: whether they were counted}.
--#include order

-- lines: at least one, see served_lines.
local function take(claim, lines, count)
  local taken, room = { of = {}, mixed = false }, 0
  if not lines[2] then
    room = lines[1].room
    taken.of.all = lines[1]
    taken.popped = redis.call('ZPOPMIN', lines[1].key, math.min(count, room))
  else
    for _, line in ipairs(lines) do
      room = room + line.room
    end
    --#include merge
    taken.popped, taken.of = merge(lines, count)
  end
  count = math.min(count, room)
  if #taken.popped < 2 * count then
    return taken
  end
  local tier = math.floor(taken.popped[#taken.popped] / TIER)
  for _, line in ipairs(lines) do
    local last = redis.call('ZRANGE', line.key, -1, -1, 'WITHSCORES')[2]
    taken.mixed = taken.mixed or last and math.floor(last / TIER) > tier
  end
  if taken.mixed then
    local mixed = redis.call('HINCRBY', claim.meta, 'mixed', count)
    local quota = math.floor(mixed / AGED_SHARE) - math.floor((mixed - count) / AGED_SHARE)
    if quota > 0 then
      --#include take_aged
      take_aged(claim, taken, lines, mixed - count, quota)
    end
  end
  return taken
end
