-- Whether a place takes new jobs that it does not have.
--#include spec
--#include deleting

-- Whether jobs of a group are in line or run here. Where they keep an order, the next one belongs behind them.
local function group_here(base, group)
  return redis.call('HEXISTS', base .. 'busy', group) == 1
    or redis.call('EXISTS', base .. 'routes:' .. group, base .. 'line:' .. group) > 0
end

-- What is answered about them, if none is taken: {6} if the queue is being deleted, {7, epoch} if the place was closed when that epoch ended, and
-- the caller knows no later one. And of an enqueue that does not add all, a function that says which belongs here; of the others {8} is answered.
-- deleting, closed_at: fields of meta; layout: the caller's epoch, '' for 0; 'follow' to add only what belongs to a group that has jobs here, 'seek'
-- to add nothing; 'own' to add all if this store owns the jobs of a mirrored queue, see mirror.lua.
local function admitted(base, deleting, closed_at, layout, now)
  if is_deleting(deleting, now) then
    return { 6 }
  elseif layout == 'follow' or layout == 'seek' then
    return nil, function(spec)
      local _, group = group_of(spec)
      return layout == 'follow' and group and group_here(base, group)
    end
  elseif layout == 'own' then
    local mirror = redis.call('HGET', base .. 'meta', 'mirror') or ''
    return string.sub(mirror, 1, 4) ~= 'own ' and { 7, '0' } or nil
  elseif closed_at and tonumber(closed_at) >= (tonumber(layout) or 0) then
    return { 7, closed_at }
  end
end
