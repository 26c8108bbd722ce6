-- Reads one page of API keys by id, unless there is nothing new.
-- KEYS     ids, version
-- ARGV     prefix of their hashes, the version that is known, the id where the last page ended ('' for the first page), most
--          keys; fewer if they come to MOST_BYTES before
-- Changes  nothing
-- Returns  {now in ms, version, 1 if more come after the page, then for each key {id, API_KEY_FIELDS}}; of the version that is
--          known no keys
-- Repeat   safe: it reads
--#include time
--#include bytes
--#include api_key
local ids, version = KEYS[1], KEYS[2]
local prefix, known, after, limit = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

local current = redis.call('GET', version) or ''
local reply, bytes = { now_ms(), current, 0 }, 0
if current == known then
  return reply
end
local from = after == '' and '-' or '(' .. after
for i, id in ipairs(redis.call('ZRANGEBYLEX', ids, from, '+', 'LIMIT', 0, limit + 1)) do
  if i > limit or bytes >= MOST_BYTES then
    reply[3] = 1
    break
  end
  local fields = read_api_key(prefix .. id)
  bytes = bytes + bytes_of(fields)
  reply[#reply + 1] = { id, fields }
end
return reply
