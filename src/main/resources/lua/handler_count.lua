-- Counts how attempts of handlers ended, of those that have a policy, and holds or resumes them as it says.
-- KEYS     meta, policies, held, probes
-- ARGV     prefix of the handlers' outcomes, the instance that has seen them, a token of this change, most that may be held; then for each
--          handler: name, how many failures this instance knows to be counted, how many there were, when its latest success ended and when
--          the latest of those attempts began, in ms, or ''
-- Changes  atomically: the handlers' outcomes; held and probes, and the version, of one that is held or resumed by them
-- Returns  for each handler {failures that count, ms for which it is not held as an attempt succeeded, since and failed if it is held or ''}
-- Repeat   safe: a failure is counted once, as instances say how many there were in all; a success twice is one; what it holds is held
--#include time
--#include held
--#include outcomes
local meta, policies, held, probes = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prefix, instance, change, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local FIRST, WORDS = 5, 5
local now = now_ms()

local function resumed_by(name, began)
  local since, failed = string.match(redis.call('HGET', held, name) or '', '^(%d+) (%d+)$')
  return since and failed ~= '0' and began and began >= tonumber(since)
end

local replies = {}
for i = FIRST, #ARGV, WORDS do
  local name, counted, failed = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
  local succeeded, began = tonumber(ARGV[i + 3]), tonumber(ARGV[i + 4])
  local after, window = string.match(redis.call('HGET', policies, name) or '', '^(%d+) (%d+)$')
  local reply = { 0, 0, '' }
  if after then
    local key = prefix .. name
    if resumed_by(name, began) then
      release(held, probes, name, false)
      redis.call('UNLINK', key)
      redis.call('HSET', meta, 'handlers_version', change)
    else
      local outcomes = { key = key, window = tonumber(window), now = now }
      reply[1], reply[2] = add_outcomes(outcomes, instance, counted, failed, succeeded)
      if reply[1] >= tonumber(after) and reply[2] == 0 and redis.call('HEXISTS', held, name) == 0
        and redis.call('HLEN', held) < most then
        redis.call('HSET', held, name, string.format('%.0f %d', now, reply[1]))
        redis.call('HSET', meta, 'handlers_version', change)
      end
    end
    reply[3] = redis.call('HGET', held, name) or ''
  end
  replies[#replies + 1] = reply
end
return replies
