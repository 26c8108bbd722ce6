-- A queue that is being deleted takes no jobs. The mark is a time, so that nobody who goes away in the middle leaves a queue that takes
-- none for ever: meta's field deleting is when the deletion was last gone on with, by Redis's clock.
local GONE_ON_WITH_MS = 60000

-- since: meta's field, or nil.
local function is_deleting(since, now)
  local ago = since and now - tonumber(since)
  return ago and ago >= 0 and ago < GONE_ON_WITH_MS
end
