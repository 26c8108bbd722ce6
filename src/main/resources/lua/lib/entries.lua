-- Entries of next that say whose jobs of a queue may start: see due.lua.
--#include keys
--#include private

local function entry_of(queue, handler)
  return queue .. ' @' .. handler
end

-- Nobody strikes off what an instance that was killed leaves of a private queue, so there the time says how old it is. now: if the script
-- knows.
local function due_since(base, now)
  if is_private(base) then
    return now and string.format('%.0f', now) or redis.call('TIME')[1] .. '000'
  end
  return '0'
end

-- Jobs of these handlers may start, if there are any.
local function claims_due(base, handlers, now)
  local bucket, queue = bucket_of(base)
  local since, entries = due_since(base, now), {}
  for _, handler in ipairs(handlers) do
    entries[#entries + 1] = since
    entries[#entries + 1] = entry_of(queue, handler)
  end
  if #entries > 0 then
    redis.call('ZADD', bucket .. 'next', unpack(entries))
  end
end
