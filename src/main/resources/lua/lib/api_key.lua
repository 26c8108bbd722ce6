-- What an API key's hash holds, in the order of ApiKeyCodec.
local API_KEY_FIELDS = { 'hash', 'grant', 'created_by', 'expires_at', 'created_at' }

local function read_api_key(key)
  local fields = redis.pcall('HMGET', key, unpack(API_KEY_FIELDS))
  return fields.err and {} or fields
end
