-- Where an answer with more than one item ends, as CallSize of the callers.
local MOST_BYTES = 1048576

-- Bytes of the values of a hash as HMGET answers them.
local function bytes_of(fields)
  local bytes = 0
  for i = 1, #fields do
    bytes = bytes + (fields[i] and #fields[i] or 0)
  end
  return bytes
end
