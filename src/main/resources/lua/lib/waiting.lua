-- How many jobs wait for workers that serve some handlers.
--#include lines
-- Of more targets or groups of a handler these are counted.
local MOST_COUNTED = 1000

-- Tells whether jobs of a route are for them. handlers: a space before and after each.
local function serving(handlers)
  return function(route)
    return string.find(handlers, ' ' .. handler_in(route) .. ' ', 1, true) ~= nil
  end
end

-- Jobs without a group that stand apart: those that are for them, and all.
local function jobs_in_lines(base, counts)
  local ours, all = 0, 0
  for _, route in ipairs(redis.call('ZRANGE', routes_of(base), 0, -1)) do
    local lines = string.find(route, '>', 1, true)
      and redis.call('ZRANGE', targets_of(base, nil, route), 0, MOST_COUNTED - 1) or { route }
    local jobs = 0
    for _, line in ipairs(lines) do
      jobs = jobs + redis.call('ZCARD', line_of(base, nil, line))
    end
    ours, all = ours + (counts(route) and jobs or 0), all + jobs
  end
  return ours, all
end

-- Groups of which such a job may start.
local function startable_groups(base, counts)
  local seen, groups = {}, 0
  for _, handler in ipairs(redis.call('ZRANGE', base .. 'rings', 0, -1)) do
    for _, group in ipairs(counts(handler) and redis.call('ZRANGE', base .. 'ring:' .. handler, 0, MOST_COUNTED - 1) or {}) do
      groups = groups + (seen[group] and 0 or 1)
      seen[group] = true
    end
  end
  return groups
end
