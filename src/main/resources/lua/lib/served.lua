-- The lines that a claimant takes jobs from. claim: base, ready, apart; see serves.lua; home: the route of ready; room_of_each,
-- room_of_targets: how many more jobs it takes of each target, see claim.lua. It gets room_left, what is left of these, and unwanted:
-- whether there are jobs that it serves and does not want just now.
--#include order
--#include lines
--#include serves

-- Of more targets the best are looked at. If there are as many lines, no more jobs are taken together, for the best of these are there.
local MOST_LINES = 64
-- So many routes are read and looked through; of more, each that is served is asked for.
local MOST_READ = 100
-- Targets of which the claimant wants nothing are as many as it may name, and those of which it took all that it wants.
local MOST_PASSED = 1300

local function room_of(claim, route)
  local at = string.find(route, '>', 1, true)
  if not at or claim.room_of_each == math.huge and claim.room_of_targets == '' then
    return math.huge
  end
  if not claim.room_left then
    claim.room_left = {}
    for target, room in string.gmatch(claim.room_of_targets, '(%S+) (%d+)') do
      claim.room_left[target] = tonumber(room)
    end
  end
  return claim.room_left[string.sub(route, at + 1)] or claim.room_of_each
end

-- One more job of that route is started.
local function use_room(claim, route)
  local room = room_of(claim, route)
  if room < math.huge then
    claim.room_left[string.match(route, '>(.*)$')] = room - 1
  end
end

-- Members of a set by handler that are served, each followed by its score.
local function served_in(claim, set)
  local found = {}
  local function add(member, score)
    if score and serves(claim, handler_in(member)) then
      found[#found + 1], found[#found + 2] = member, score
    end
  end
  if redis.call('ZCARD', set) <= MOST_READ then
    local all = redis.call('ZRANGE', set, 0, -1, 'WITHSCORES')
    for i = 1, #all, 2 do
      add(all[i], all[i + 1])
    end
    return found
  end
  for handler in string.gmatch(claim.handlers, '%S+') do
    add(handler, redis.call('ZSCORE', set, handler))
    add(handler .. '>', redis.call('ZSCORE', set, handler .. '>'))
  end
  return found
end

local function add_line(claim, lines, key, route, score)
  local room = room_of(claim, route)
  if room < 1 then
    claim.unwanted = true
  elseif score then
    lines[#lines + 1] = { key = key, route = route, score = tonumber(score), room = room }
  end
end

-- Of more targets than are looked at, the first of each lower priority: it may have aged.
local function add_lower(claim, lines, group, targets)
  for tier = math.floor(lines[#lines].score / TIER) + 1, 9 do
    local first = redis.call('ZRANGEBYSCORE', targets, string.format('%.0f', tier * TIER),
      '(' .. string.format('%.0f', (tier + 1) * TIER), 'WITHSCORES', 'LIMIT', 0, 1)
    if first[1] then
      add_line(claim, lines, line_of(claim.base, group, first[1]), first[1], first[2])
    end
  end
end

-- The best lines of targets that are wanted.
local function add_targets(claim, lines, group, handler)
  local targets, at, before = targets_of(claim.base, group, handler), 0, #lines
  repeat
    local page = redis.call('ZRANGE', targets, at, at + MOST_LINES - 1, 'WITHSCORES')
    for i = 1, #page, 2 do
      add_line(claim, lines, line_of(claim.base, group, page[i]), page[i], page[i + 1])
    end
    at = at + MOST_LINES
  until #page < 2 * MOST_LINES or #lines - before >= MOST_LINES or at >= MOST_PASSED
  if #lines - before >= MOST_LINES then
    add_lower(claim, lines, group, targets)
  end
end

-- Lines of jobs of a group, or of none, that keep no order: some of which have the best jobs first.
local function served_lines(claim, group)
  local lines = {}
  if not group and claim.home and serves(claim, handler_in(claim.home)) then
    add_line(claim, lines, claim.ready, claim.home, first_score(claim.ready))
  end
  local routes = (group or claim.apart) and served_in(claim, routes_of(claim.base, group)) or {}
  for i = 1, #routes, 2 do
    if string.find(routes[i], '>', 1, true) then
      add_targets(claim, lines, group, routes[i])
    else
      add_line(claim, lines, line_of(claim.base, group, routes[i]), routes[i], routes[i + 1])
    end
  end
  if #lines > 1 then
    table.sort(lines, function(a, b) return a.score < b.score end)
  end
  return lines
end
