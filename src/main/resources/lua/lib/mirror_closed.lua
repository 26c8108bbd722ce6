-- Whether this store must neither start jobs of a queue nor sweep any, see mirror.lua.
-- Until somebody claims from it again.
local CLOSED_MS = 1000

-- text: meta's field mirror, or nil. What most queues have no use for is not even defined for them.
local function is_closed(text)
  if not text then
    return false
  end
  do
    --#include mirror
    local role, _, run = mirror_of(text)
    return role ~= 'own' or run ~= run_id()
  end
end
