-- Writes the name of a queue into the registry in its slot (see QueueRegistry), so that whatever has the job has the name.
-- Callers declare none for queues that are in no registry.
local function register(registry, queue)
  if registry and string.sub(registry, -7) == ':queues' then
    redis.call('SADD', registry, queue)
  end
end
