-- Tells waiting workers that the queue has due work. A hint may be lost, so a refusal (ACL) must not undo the script.
local function wake(channel, queue)
  redis.pcall('PUBLISH', channel, queue)
end
