-- The sweep of jobs that stand apart: groups whose rest is over, and jobs whose handler is paused no more, a bounded number of
-- each. claim: base, prefix, meta, ready, now, sweep_max, and resuming: handlers whose jobs are being put back, or false.
--#include fields
--#include kept
--#include groups
--#include names
local function sweep_apart(claim)
  local base = claim.base
  strike_off_over(base .. 'rates', claim.now, claim.sweep_max)
  for _, group in ipairs(redis.call('ZRANGEBYSCORE', base .. 'resting', '-inf', claim.now, 'LIMIT', 0, claim.sweep_max)) do
    redis.call('ZREM', base .. 'resting', group)
    place_group(base, group)
  end
  local resuming = claim.resuming
  if not resuming then
    return
  end
  for handler in string.gmatch(resuming, '%S+') do
    local popped = redis.call('ZPOPMIN', base .. 'parked:' .. handler, claim.sweep_max)
    for i = 1, #popped, 2 do
      local job = redis.pcall('HMGET', claim.prefix .. popped[i], SPEC, SEQ)
      redis.call('ZREM', base .. 'apart', popped[i])
      line_up(claim, popped[i], not job.err and job[1] or '', tonumber(not job.err and job[2] or '') or 0)
    end
    if #popped < 2 * claim.sweep_max then
      resuming = names_without(resuming, handler)
    end
  end
  set_names(claim.meta, 'resuming', resuming)
  claim.resuming = resuming ~= ' ' and resuming
end
