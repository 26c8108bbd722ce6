-- Puts a notice of a flow that has ended into the outbox if a hook wants it: if one of the queues of its jobs is of that hook's.
--#include notices
local MOST_NAMED = 20

local function notice_of_flow(flow, id, now)
  local bucket = string.match(flow, '^ms:%b{}:')
  if redis.call('HEXISTS', bucket .. ':hooks', 'flow-ended') == 0 then
    return
  end
  local counts, named, found, wanted = {}, {}, {}, false
  for i = 0, tonumber(redis.call('HGET', flow, 'size')) - 1 do
    local node = redis.call('HMGET', flow, 's:' .. i, 'd:' .. i)
    local queue = logical_queue(node[2] or '')
    counts[node[1]] = (counts[node[1]] or 0) + 1
    if queue and not found[queue] then
      found[queue] = true
      named[#named + 1] = #named < MOST_NAMED and queue or nil
      wanted = wanted or hooks_want(bucket, 'flow-ended', queue, {})
    end
  end
  if wanted then
    put_notice(bucket, { 'flow-ended', string.format('%.0f', now), plain(id, 128), tostring(counts.succeeded or 0),
      tostring(counts.dead or 0), tostring(counts.cancelled or 0), table.concat(named, ' ') }, now)
  end
end
