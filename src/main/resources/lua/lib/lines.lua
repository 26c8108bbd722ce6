-- Lines of ready jobs by route (see route_of), so that a claim takes the best of those it serves and looks at no others. Keys, each
-- behind the queue's base:
--   ready            the line of one route of jobs without a group, which meta's field route names. It has most jobs where a queue has
--                    those of one handler, and they cost no more than one command then. Once it is empty another route may take it
--   ready:<route>    that of any other route
--   line:<g> <route> that of a group
--   routes           best score of those of ready:<route>, by handler; routes:<g> those of a group. A handler with '>' behind it
--                    stands for all of its lines that have a target
--   targets <h>>     best score of these, by route; targets:<g> <h>> those of a group
--   apart            all ready jobs that are not in ready, scores as there: what there is to count and to list
--#include route

local function line_of(base, group, route)
  return base .. (group and 'line:' .. group .. ' ' or 'ready:') .. route
end

local function routes_of(base, group)
  return base .. 'routes' .. (group and ':' .. group or '')
end

-- handler: with '>' behind it.
local function targets_of(base, group, handler)
  return base .. 'targets' .. (group and ':' .. group or '') .. ' ' .. handler
end

local function first_score(set)
  return redis.call('ZRANGE', set, 0, 0, 'WITHSCORES')[2]
end

-- Notes the best score of a set in another one, or that it is empty.
local function note_best(of, set, member)
  local score = first_score(of)
  if score then
    redis.call('ZADD', set, score, member)
  else
    redis.call('ZREM', set, member)
  end
end

-- After a line has changed, unless it is ready.
local function line_changed(base, group, route)
  local line, handler = line_of(base, group, route), string.match(route, '^[^>]+>?')
  if #handler < #route then
    local targets = targets_of(base, group, handler)
    note_best(line, targets, route)
    line = targets
  end
  note_best(line, routes_of(base, group), handler)
end

-- Whether jobs of a route without a group lie in ready, which becomes theirs if it is nobody's. q: base, ready, and home: its route
-- if that is known; in_ready: whether it has jobs, or nil.
local function is_home(q, route, in_ready)
  q.home = q.home or redis.call('HGET', q.base .. 'meta', 'route') or UNREADABLE
  if route == q.home then
    return true
  end
  if in_ready == nil then
    in_ready = redis.call('EXISTS', q.ready) == 1
  end
  if in_ready or redis.call('EXISTS', line_of(q.base, nil, route)) == 1 then
    return false
  end
  redis.call('HSET', q.base .. 'meta', 'route', route)
  q.home = route
  return true
end

-- Puts jobs of one route into its line: scores and ids, one after the other.
local function stand_apart(base, group, route, members)
  redis.call('ZADD', base .. 'apart', unpack(members))
  redis.call('ZADD', line_of(base, group, route), unpack(members))
  redis.call('HSET', base .. 'meta', 'apart', 1)
  line_changed(base, group, route)
end
