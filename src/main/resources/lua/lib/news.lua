-- Tells of what may start since something has changed. Nobody may be left who finds out that no job of a handler may start any more.
--#include keys
--#include startable
--#include added
--#include entries
--#include no_claims_due
--#include wake

-- before: what startable_now answered then; fresh: see line_up, or nil.
local function wake_of_news(base, channel, queue, before, now, fresh)
  local after = startable_now(base)
  no_claims_due(base, added(after, before))
  wake(base, channel, queue, added_or(before, after, fresh), now)
end

-- Of all that may start, and whatever else a claim may find.
local function wake_of_all(base, channel, queue)
  local bucket = bucket_of(base)
  redis.call('ZADD', bucket .. 'next', due_since(base), queue)
  claims_due(base, added({}, startable_now(base)))
  tell(channel, queue)
end
