-- Forgets what is declared of a handler.
-- KEYS     declared, revisions, meta, policies, held, probes, outcomes of the handler
-- ARGV     name, a token of this change
-- Changes  atomically: the declaration, its revision and policy, bytes and version in meta, if it is there; the handler is held no
--          longer, unless by hand
-- Returns  1
-- Repeat   safe: the second time there is nothing to forget
--#include held
local declared, revisions, meta, policies, held, probes = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local outcomes = KEYS[7]
local name, change = ARGV[1], ARGV[2]
local before = redis.call('HGET', declared, name)
if before then
  redis.call('HDEL', declared, name)
  redis.call('HDEL', revisions, name)
  redis.call('HDEL', policies, name)
  redis.call('HINCRBY', meta, 'handlers_bytes', -#before)
  redis.call('HSET', meta, 'handlers_version', change)
  redis.call('UNLINK', outcomes)
  release(held, probes, name, false)
end
return 1
