-- Puts back what was taken of lines.
--#include line_at

-- From a place on, as if it had not been taken: also its share of those that have aged.
local function put_back(claim, taken, from)
  local popped = taken.popped
  for i = from, #popped, 2 do
    redis.call('ZADD', line_at(taken, i).key, popped[i + 1], popped[i])
  end
  if taken.mixed then
    redis.call('HINCRBY', claim.meta, 'mixed', -(#popped - from + 1) / 2)
  end
end
