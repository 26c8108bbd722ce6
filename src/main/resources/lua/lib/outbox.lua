-- Jobs of a mirrored queue of which the other store is to hear: the sorted set outbox, ids by order of change. What there is to tell is in the job's own
-- hash, so each is there once at most.
--#include fields

-- The other store is to hear how these jobs are by now.
local function to_outbox(base, ids)
  local last, entries = redis.call('HINCRBY', base .. 'meta', 'changes', #ids), {}
  for i, id in ipairs(ids) do
    entries[#entries + 1] = string.format('%d', last - #ids + i)
    entries[#entries + 1] = id
  end
  redis.call('ZADD', base .. 'outbox', unpack(entries))
end

-- The same of jobs that have ended or are ready again: a newer version of them.
local function changed(base, ids)
  for _, id in ipairs(ids) do
    redis.call('HINCRBY', base .. 'job:' .. id, VERSION, 1)
  end
  to_outbox(base, ids)
end
