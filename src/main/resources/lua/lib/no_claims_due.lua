-- Strikes off entries of next.
--#include keys
--#include entries

-- No job of these handlers may start any more, if there are any.
local function no_claims_due(base, handlers)
  local bucket, queue = bucket_of(base)
  local entries = {}
  for _, handler in ipairs(handlers) do
    entries[#entries + 1] = entry_of(queue, handler)
  end
  if #entries > 0 then
    redis.call('ZREM', bucket .. 'next', unpack(entries))
  end
end
