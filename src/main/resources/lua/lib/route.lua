-- By what ready jobs lie in lines: their handler, and '>' and the target behind it if they have one (see spec.lua).

-- In place of the handler of jobs that cannot be read. Every claimant takes these, and sets them aside.
local UNREADABLE = '?'

local function handler_in(route)
  return string.match(route, '^[^>]+')
end
