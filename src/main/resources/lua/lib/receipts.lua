-- What the latest claim of each claimant leased, so that a repeat of it can be answered. Nothing here expires by itself, for a
-- Redis that is full may drop such keys early; what is over is removed by claims, see forget_receipts.
--   receipts   hash, claimant to token, until when (ms, as leases: see clock.lua) and ids
--   claimants  sorted set, claimants by until when, at the latest known when it was last looked at
local RECEIPTS_FORGOTTEN = 10

-- now: the time by which leases end, here and below. The ids, a space between them, if the claimant's latest claim had that token and its leases may still last.
local function ids_of_receipt(receipts, claimant, token, now)
  local receipt = redis.call('HGET', receipts, claimant)
  if receipt and string.sub(receipt, 1, #token + 1) == token .. ' ' then
    local until_ms, ids = string.match(receipt, '^(%d+) ?(.*)$', #token + 2)
    return until_ms and tonumber(until_ms) > now and ids
  end
end

-- A few receipts whose leases are over. Called by claims that found no job, and by a claimant's first: so there are never many
-- more than claimants, and none is left once the queue is idle.
local function forget_receipts(receipts, claimants, now)
  for _, claimant in ipairs(redis.call('ZRANGEBYSCORE', claimants, '-inf', now, 'LIMIT', 0, RECEIPTS_FORGOTTEN)) do
    local until_ms = string.match(redis.call('HGET', receipts, claimant) or '', '^%S+ (%d+)')
    if until_ms and tonumber(until_ms) > now then
      redis.call('ZADD', claimants, until_ms, claimant)
    else
      redis.call('HDEL', receipts, claimant)
      redis.call('ZREM', claimants, claimant)
    end
  end
end

-- Whether it is the first of the claimant.
local function write_receipt(receipts, claimants, claimant, token, until_text, ids, now)
  if redis.call('HSET', receipts, claimant, token .. ' ' .. until_text .. ' ' .. table.concat(ids, ' ')) == 1 then
    redis.call('ZADD', claimants, until_text, claimant)
    forget_receipts(receipts, claimants, now)
    return true
  end
end
