-- Reads declarations.
-- KEYS     declared
-- ARGV     names
-- Changes  nothing
-- Returns  their texts, '' for one that is not there; fewer if they come to MOST_BYTES before
-- Repeat   safe: it reads
--#include bytes
local declared = KEYS[1]
local texts, size = {}, 0
for i = 1, #ARGV do
  if size >= MOST_BYTES then
    break
  end
  local name = ARGV[i]
  local text = redis.call('HGET', declared, name) or ''
  size = size + #text
  texts[i] = text
end
return texts
