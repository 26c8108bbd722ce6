-- Tells workers. A hint may be lost, so a refusal (ACL) must not undo the script.
--#include entries

-- handlers: those of which there may be jobs, or nil if that is not known.
local function tell(channel, queue, handlers)
  redis.pcall('PUBLISH', channel, handlers and queue .. '/' .. table.concat(handlers, ',') or queue)
end

-- Jobs of these handlers may start from now on, if there are any: polls find it in next, and workers that listen are told. now: if the
-- script knows.
local function wake(base, channel, queue, handlers, now)
  if #handlers > 0 then
    claims_due(base, handlers, now)
    tell(channel, queue, handlers)
  end
end
