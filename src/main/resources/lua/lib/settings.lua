-- What people have set of a mirrored queue, pauses and limits, as its stores tell one another of it: the values of these fields of meta, each in a line.
-- The first is their version, see setting_changed.lua.
local SETTINGS = { 'settings', 'paused', 'paused_handlers', 'max_waiting', 'concurrency', 'rate', 'group_concurrency', 'group_rate' }

local function settings_of(meta)
  local values = redis.call('HMGET', meta, unpack(SETTINGS))
  for i = 1, #SETTINGS do
    values[i] = values[i] or ''
  end
  return table.concat(values, '\n')
end
