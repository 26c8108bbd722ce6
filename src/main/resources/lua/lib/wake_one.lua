-- Tells workers of the first job of a queue's one handler: what wake.lua does, for enqueues of which this is most of the work.
--#include keys
--#include private
local function wake_one(base, channel, queue, handler, now_text)
  redis.call('ZADD', bucket_of(base) .. 'next', is_private(base) and now_text or '0', queue .. ' @' .. handler)
  redis.pcall('PUBLISH', channel, queue .. '/' .. handler)
end
