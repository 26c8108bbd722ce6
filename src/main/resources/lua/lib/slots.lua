-- The place of a job among those that count against the limit of its group: see groups.lua.
local function take_slot(base, id, group)
  if redis.call('HSETNX', base .. 'slots', id, group) == 1 then
    redis.call('HINCRBY', base .. 'busy', group, 1)
  end
end
