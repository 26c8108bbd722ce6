-- Lists of names in a field of a hash, with a space before and after each; no field if there are none.
local function names_without(list, name)
  local from, to = string.find(list, ' ' .. name .. ' ', 1, true)
  return from and string.sub(list, 1, from) .. string.sub(list, to + 1) or list
end

local function set_names(key, field, list)
  if list == ' ' then
    redis.call('HDEL', key, field)
  else
    redis.call('HSET', key, field, list)
  end
end
