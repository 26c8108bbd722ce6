-- What hooks are to be told of. Each bucket has an outbox, the sorted set :notices: JSON texts by when it happened; and a hash :hooks
-- with the queues, as patterns, of which hooks want an event, a field for each. Invariant: while hooks want an event, the script that
-- makes it true puts its notice here; it is struck off only once a job that sends it has been enqueued, under an id that follows from
-- the notice (see notices_done.lua). Beyond MOST_NOTICES or MOST_NOTICE_BYTES the oldest go and are counted in the field dropped.
--#include hooks_due
local MOST_NOTICES, MOST_NOTICE_BYTES = 5000, 1048576

-- The queue as callers know it: what is stored may be the name of a part of it.
local function logical_queue(name)
  return string.match(name, '^[^~@%s]+')
end

local function matches_one(patterns, queue)
  for pattern in string.gmatch(patterns, '%S+') do
    local beginning = string.match(pattern, '^(.*)%*$')
    if pattern == queue or beginning and string.sub(queue, 1, #beginning) == beginning then
      return true
    end
  end
  return false
end

-- bucket: what the names of all keys of the bucket begin with. asked: what is known of one event, by queue: hooks may name thousands
-- of queues, which are gone through once for all jobs that end in a call.
local function hooks_want(bucket, event, queue, asked)
  if asked[queue] == nil then
    asked[queue] = matches_one(redis.call('HGET', bucket .. ':hooks', event) or '', queue)
  end
  return asked[queue]
end

-- What was stored may be anything; what is answered must be the very text that is stored.
local function plain(text, most)
  return string.sub(string.gsub(text, '[^ -~]', '?'), 1, most)
end

local function put_notice(bucket, notice, now)
  local outbox, hooks = bucket .. ':notices', bucket .. ':hooks'
  local text = cjson.encode(notice)
  if redis.call('ZADD', outbox, now, text) == 0 then
    return
  end
  local bytes = redis.call('HINCRBY', hooks, 'bytes', #text)
  while bytes > MOST_NOTICE_BYTES or redis.call('ZCARD', outbox) > MOST_NOTICES do
    local oldest = redis.call('ZPOPMIN', outbox)[1]
    bytes = redis.call('HINCRBY', hooks, 'bytes', -#oldest)
    redis.call('HINCRBY', hooks, 'dropped', 1)
  end
  hooks_due_at(bucket .. 'next', now)
end
