-- How many jobs without a group, and groups, may start now, but for what holds the whole queue (a pause, its limits). Workers hear of
-- a queue when that was 0 and is not any more: whoever has heard goes on claiming until it is 0 again.
local function startable_now(base, ready)
  return redis.call('ZCARD', ready) + redis.call('ZCARD', base .. 'ring')
end
