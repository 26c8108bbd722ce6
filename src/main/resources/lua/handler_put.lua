-- Declares a handler.
-- KEYS     declared, revisions, meta, policies, held, probes, outcomes of the handler
-- ARGV     name, text, a token of this change, after how many failures it is held and within how many ms ('' if never), most
--          declarations, most bytes of all
-- Changes  atomically: the declaration, its revision and policy, bytes and version in meta; with another policy its failures are counted
--          anew, and without one it is held no longer, unless by hand
-- Returns  'created', 'changed', 'unchanged', 'many' or 'large', the latter two if there are as many as may be
-- Repeat   safe: the revision has the token of the change that made it, and how it was answered
--#include held
local declared, revisions, meta, policies, held, probes = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local outcomes = KEYS[7]
local name, text, change, after, window_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local most, most_bytes = tonumber(ARGV[6]), tonumber(ARGV[7])

local before = redis.call('HGET', declared, name)
local revision = redis.call('HGET', revisions, name)
if revision == 'created ' .. change or revision == 'changed ' .. change then
  return string.match(revision, '^%a+')
elseif before == text then
  return 'unchanged'
elseif not before and redis.call('HLEN', declared) >= most then
  return 'many'
end
local bytes = tonumber(redis.call('HGET', meta, 'handlers_bytes') or 0) - (before and #before or 0) + #text
if bytes > most_bytes then
  return 'large'
end
local answer = before and 'changed' or 'created'
redis.call('HSET', declared, name, text)
redis.call('HSET', revisions, name, answer .. ' ' .. change)
redis.call('HSET', meta, 'handlers_bytes', bytes, 'handlers_version', change)
local policy = after ~= '' and after .. ' ' .. window_ms or nil
if policy ~= (redis.call('HGET', policies, name) or nil) then
  redis.call('UNLINK', outcomes)
end
if policy then
  redis.call('HSET', policies, name, policy)
else
  redis.call('HDEL', policies, name)
  release(held, probes, name, false)
end
return answer
