-- Queues that are kept in two stores. meta's field mirror says what this store is to the queue: 'own <epoch> <run>' or 'copy <epoch> <run>'.
-- The run is that of the Redis that is known to have all there is to have; another one may have lost something. See ADR 14.

-- Changes whenever Redis starts, and with a failover. Nothing if this may not be asked (ACL): then a loss is not noticed.
local function run_id()
  local info = redis.pcall('INFO', 'server')
  return type(info) == 'string' and string.match(info, 'run_id:(%w+)') or ''
end

-- text: meta's field, or nil. Role, epoch and run; nil if the queue is not mirrored.
local function mirror_of(text)
  local role, epoch, run = string.match(text or '', '^(%a+) (%d+) (%S*)$')
  return role, tonumber(epoch), run
end
