-- The line of the job at i of those taken: see take.lua.
local function line_at(taken, i)
  return taken.of.all or taken.of[(i + 1) / 2]
end
