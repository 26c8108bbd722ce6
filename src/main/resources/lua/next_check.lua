-- Looks at some queues of a bucket, in the order of their names, and sees to it that next has what they need: what is
-- missing or too late there is an error of a script, or was lost.
-- KEYS     names, next
-- ARGV     what the keys of the bucket's queues begin with, name after which to go on or '', most queues to look at
-- Changes  next: the queues that lacked something are to be looked at now
-- Returns  {the last name looked at, or '' if none comes after it, then the members that were missing or too late}
-- Repeat   safe: it adds what is missing
--#include time
--#include flows_due
--#include hooks_due
--#include entries
--#include startable
--#include added
local names, next_key = KEYS[1], KEYS[2]
local bucket, after, most = ARGV[1], ARGV[2], tonumber(ARGV[3])
local now = now_ms()

local function first_of(set)
  return tonumber(redis.call('ZRANGE', set, 0, 0, 'WITHSCORES')[2] or math.huge)
end

-- A queue with limits of its own, or paused, may have jobs that wait; their entries then follow from the others.
local function is_open(meta)
  return meta[1] ~= '1' and not meta[2] and not meta[3]
end

-- When a claim has something to do by itself at the latest.
local function claim_due_by(base, meta)
  local offset = tonumber(string.match(meta[4] or '', '^%S+ (%S+)') or 0)
  local due = math.min(first_of(base .. 'scheduled'), first_of(base .. 'running') - offset)
  if is_open(meta) then
    due = math.min(due, first_of(base .. 'resting'))
  end
  return due
end

local missing = {}

-- Notes an entry that is later than it may be, or not there; the queue is to be looked at now then.
local function expect(member, by)
  local entry = tonumber(redis.call('ZSCORE', next_key, member) or math.huge)
  if by < math.huge and entry > by then
    redis.call('ZADD', next_key, 0, member)
    missing[#missing + 1] = member
  end
end

-- Notes an entry that is not there.
local function expect_some(member)
  if not redis.call('ZSCORE', next_key, member) then
    expect(member, now)
  end
end

local function check(queue)
  local base = bucket .. queue .. ':'
  local held = redis.call('EXISTS', base .. 'ready', base .. 'apart', base .. 'scheduled', base .. 'running', base .. 'handover')
  if held > 0 then
    local meta = redis.call('HMGET', base .. 'meta', 'paused', 'concurrency', 'rate', 'clock', 'paused_handlers')
    expect(queue, claim_due_by(base, meta))
    if is_open(meta) then
      for _, handler in ipairs(added({}, startable_now(base))) do
        if not string.find(meta[5] or '', ' ' .. handler .. ' ', 1, true) then
          expect(entry_of(queue, handler), now)
        end
      end
    end
    if redis.call('EXISTS', base .. 'handover') == 1 then
      expect_some(queue .. ' news')
    end
  end
  if redis.call('EXISTS', base .. 'succeeded', base .. 'dead', base .. 'cancelled') > 0 then
    expect_some(queue .. ' prune')
  elseif held == 0 then
    -- To be forgotten some time. Its jobs may have gone without an end, which says nothing.
    redis.call('ZADD', next_key, 'NX', now, queue .. ' prune')
  end
end

if after == '' then
  expect(FLOWS, flows_first_due(bucket .. ':todo', bucket .. ':over'))
  if redis.call('EXISTS', bucket .. ':notices') == 1 then
    expect_some(HOOKS)
  end
end
local found = redis.call('ZRANGEBYLEX', names, after == '' and '-' or '(' .. after, '+', 'LIMIT', 0, most)
for _, queue in ipairs(found) do
  check(queue)
end
return { #found == most and found[most] or '', unpack(missing) }
