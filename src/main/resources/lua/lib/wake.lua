-- Tells workers. A hint may be lost, so a refusal (ACL) must not undo the script.
--#include keys
--#include private
local function tell(channel, queue)
  redis.pcall('PUBLISH', channel, queue)
end

-- The queue has due work from now on: polls find it in next, and workers that listen are told. now: if the script knows.
local function wake(base, channel, queue, now)
  local bucket = bucket_of(base)
  -- Nobody strikes off what an instance that was killed leaves of a private queue, so there the time says how old it is.
  local since = 0
  if is_private(base) then
    since = now and string.format('%.0f', now) or redis.call('TIME')[1] .. '000'
  end
  redis.call('ZADD', bucket .. 'next', since, queue)
  tell(channel, queue)
end

-- The same, or no more than a hint for those who may have missed another.
local function announce(base, channel, queue, is_new)
  if is_new then
    wake(base, channel, queue)
  else
    tell(channel, queue)
  end
end
