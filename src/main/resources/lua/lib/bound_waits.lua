-- After Redis's clock has stepped back: groups that rest are looked at again, and then scheduled jobs wait no longer, from now, than
-- they were put off for (their field wait). Jobs that were given a time wait for it, whatever the clock says. Some at a time: meta's
-- field bounding says where claims are with it. claim: base, meta, scheduled, prefix, apart, now.
--#include fields
--#include page
local LOOKED_AT_PER_CALL = 200

local function bound_wait(claim, id, due)
  local wait = redis.pcall('HGET', claim.prefix .. id, 'wait')
  local latest = claim.now + (type(wait) == 'string' and tonumber(wait) or math.huge)
  if due > latest then
    redis.call('ZADD', claim.scheduled, latest, id)
    redis.call('HSET', claim.prefix .. id, RUN_AT, latest)
  end
end

-- Both answer where to go on in their set, as 'score id', or nil at its end.
local function end_rests(claim, score, id)
  local resting = claim.base .. 'resting'
  local page, after = read_page(resting, 1, LOOKED_AT_PER_CALL, score or '', id or '')
  for i = 1, #page, 2 do
    redis.call('ZADD', resting, 0, page[i])
  end
  return after > 0 and page[#page] .. ' ' .. page[#page - 1] or nil
end

local function bound_scheduled(claim, score, id)
  local page, after = read_page(claim.scheduled, 1, LOOKED_AT_PER_CALL, score or '', id or '')
  for i = 1, #page, 2 do
    local due = tonumber(page[i + 1])
    if due > claim.now then
      bound_wait(claim, page[i], due)
    end
  end
  return after > 0 and page[#page] .. ' ' .. page[#page - 1] or nil
end

-- at: where the last call ended, 'resting score id' or 'score id', or '' to begin. Whether there is more to do.
local function bound_waits(claim, at)
  local part, score, id = string.match(at, '^(%a*) ?(%S+) (%S+)$')
  local next_at
  if part == 'resting' or at == '' and claim.apart then
    next_at = end_rests(claim, score, id)
    next_at = next_at and 'resting ' .. next_at
    score, id = nil, nil
  end
  next_at = next_at or bound_scheduled(claim, score, id)
  if next_at then
    redis.call('HSET', claim.meta, 'bounding', next_at)
  else
    redis.call('HDEL', claim.meta, 'bounding')
  end
  return next_at ~= nil
end
