-- After Redis's clock has stepped back: scheduled jobs wait no longer, from now, than they were put off for (their field
-- wait), and groups that rest are looked at again. Jobs that were given a time wait for it, whatever the clock says. Some at a
-- time: meta's field bounding says where in scheduled claims are with it. claim: base, meta, scheduled, prefix, apart, now.
--#include fields
--#include page
local WAITS_PER_CALL = 200

local function bound_wait(claim, id, due)
  local wait = redis.pcall('HGET', claim.prefix .. id, 'wait')
  local latest = claim.now + (type(wait) == 'string' and tonumber(wait) or math.huge)
  if due > latest then
    redis.call('ZADD', claim.scheduled, latest, id)
    redis.call('HSET', claim.prefix .. id, RUN_AT, latest)
  end
end

-- at: where the last call ended, score and id with a space between, or '' to begin. Whether there is more to do.
local function bound_waits(claim, at)
  if at == '' and claim.apart then
    redis.call('ZUNIONSTORE', claim.base .. 'resting', 1, claim.base .. 'resting', 'WEIGHTS', 0)
  end
  local score, id = string.match(at, '^(%S+) (%S+)$')
  local page, after = read_page(claim.scheduled, 1, WAITS_PER_CALL, score or '', id or '')
  for i = 1, #page, 2 do
    local due = tonumber(page[i + 1])
    if due > claim.now then
      bound_wait(claim, page[i], due)
    end
  end
  if after > 0 then
    redis.call('HSET', claim.meta, 'bounding', page[#page] .. ' ' .. page[#page - 1])
  else
    redis.call('HDEL', claim.meta, 'bounding')
  end
  return after > 0
end
