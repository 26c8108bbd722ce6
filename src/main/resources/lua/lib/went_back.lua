-- A job of which an attempt is over waits again: the other store of a mirrored queue is to hear of it. q: base, mirror (meta's field).
local function went_back(q, id)
  if q.mirror then
    --#include outbox
    to_outbox(q.base, { id })
  end
end
