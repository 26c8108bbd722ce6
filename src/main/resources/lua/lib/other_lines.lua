-- Of an enqueue of jobs that are not of the route of ready: sets what batch.lua leaves open.
--#include batch
--#include keys
--#include lines

-- ready_before: how many jobs ready had.
local function set_other_lines(ready_before)
  local base = base_of(prefix)
  of_ready = function(route)
    local q = { base = base, ready = ready, home = home }
    local is = is_home(q, route, ready_before > 0 or any_due or #due > 0)
    home = q.home
    return is
  end
  place_apart = function()
    for route, members in pairs(due_apart) do
      news[route] = redis.call('EXISTS', line_of(base, nil, route)) == 0 or news[route]
      stand_apart(base, nil, route, members)
    end
    due_apart = nil
  end
end
