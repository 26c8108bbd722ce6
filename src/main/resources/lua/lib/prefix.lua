-- What the names of all keys of a queue's jobs begin with, from that of one with this id.
local function prefix_of(key, id)
  return string.sub(key, 1, -#id - 1)
end
