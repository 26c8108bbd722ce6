-- When somebody is to send on the notices of a bucket: one entry in the bucket's next, which no queue can have. The same invariant as in
-- due.lua: while there are notices, the entry is not later than they are to be sent.
local HOOKS = ' hooks'

-- Makes it earlier, never later.
local function hooks_due_at(next_key, time)
  local known = redis.call('ZSCORE', next_key, HOOKS)
  if not known or time < tonumber(known) then
    redis.call('ZADD', next_key, string.format('%.0f', time), HOOKS)
  end
end
