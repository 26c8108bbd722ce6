-- Keeps a new API key, by its hash.
-- KEYS     key, ids, version
-- ARGV     id, most keys, hash, grant, who made it, when it expires in ms or ''
-- Changes  atomically: the key's hash, its place in ids, and the version, by which instances see that something changed
-- Returns  when it was made in ms, or -1 if there are as many as may be
-- Repeat   safe: nobody else has the id, so a key that is there was made by the first
--#include time
local key, ids, version = KEYS[1], KEYS[2], KEYS[3]
local id, most, hash, grant, created_by, expires_at = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local made = redis.call('HGET', key, 'created_at')
if made then
  return tonumber(made)
end
if redis.call('ZCARD', ids) >= most then
  return -1
end
local now = now_ms()
redis.call('HSET', key, 'hash', hash, 'grant', grant, 'created_by', created_by, 'expires_at', expires_at, 'created_at',
  string.format('%.0f', now))
redis.call('ZADD', ids, 0, id)
redis.call('SET', version, id)
return now
