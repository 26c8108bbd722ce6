-- Revokes an API key.
-- KEYS     key, ids, version
-- ARGV     id, a token of this change
-- Changes  atomically: the key's hash and its place in ids are gone; the version, if it was there
-- Returns  1
-- Repeat   safe: the second time there is nothing to revoke
local key, ids, version = KEYS[1], KEYS[2], KEYS[3]
local id, change = ARGV[1], ARGV[2]
local removed = redis.call('ZREM', ids, id) + redis.call('UNLINK', key)
if removed > 0 then
  redis.call('SET', version, change)
end
return 1
