-- When somebody is to look at a queue again after a claim. claim: base, running, now.
--#include keys
--#include clock
--#include known

-- leased: how many jobs the claim leased, or a text if it was a repeat; any: whether jobs wait or run; time: when there may be
-- something by itself, infinite for never; drained: the one handler that the queue has jobs of, if none of it is left, or nil.
local function look_again(claim, leased, any, time, drained)
  if type(leased) == 'string' then
    return
  end
  if time > claim.now + LOOK_AGAIN_MS and (leased ~= 0 or redis.call('EXISTS', claim.running) == 1) then
    time = claim.now + LOOK_AGAIN_MS
  end
  if leased == 0 and any then
    register(claim.base)
  end
  local bucket, queue = bucket_of(claim.base)
  if time < math.huge then
    redis.call('ZADD', bucket .. 'next', string.format('%.0f', time), queue)
  else
    redis.call('ZREM', bucket .. 'next', queue)
  end
  if drained then
    redis.call('ZREM', bucket .. 'next', queue .. ' @' .. drained)
  end
end
