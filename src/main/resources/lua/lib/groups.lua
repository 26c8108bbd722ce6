-- Ready jobs of groups. Keys, each behind the queue's base:
--   line:<group>      jobs that keep the order of their group; for others see lines.lua
--   ring:<handler>    groups of which a job of that handler may start now, by turn; who has had a turn goes to the end
--   rings             first turn of each of these, by handler
--   ringed            group to its turn and the handlers whose rings it is in
--   resting           groups that may not start one before the time that is their score
--   slots, busy       id to group of the jobs that count against their group's limit; how many those are of each group
-- A group is in rings or in resting if, and only if, some job of it may start but for the rate.
--#include fields
--#include keys
--#include spec
--#include lines

-- The route of the job that may start of those that keep the order of their group: the first of them, if none of the group runs. One
-- that has its slot already is the one that the order waits for.
local function next_in_order(base, group)
  local id = redis.call('ZRANGE', base .. 'line:' .. group, 0, 0)[1]
  if id and (redis.call('HEXISTS', base .. 'slots', id) == 1 or redis.call('HEXISTS', base .. 'busy', group) == 0) then
    local spec = redis.pcall('HGET', base .. 'job:' .. id, SPEC)
    return type(spec) == 'string' and route_of(spec) or UNREADABLE
  end
end

-- How many jobs of a group may start that keep no order.
local function room_in_group(base, group)
  local most = tonumber(redis.call('HGET', base .. 'meta', 'group_concurrency') or math.huge)
  return most == math.huge and most or most - tonumber(redis.call('HGET', base .. 'busy', group) or 0)
end

-- Handlers of which a group may start jobs, a space between them.
local function starters(base, group)
  local found, any = {}, {}
  local function add(route)
    local handler = route and handler_in(route)
    if handler and not any[handler] then
      any[handler] = true
      found[#found + 1] = handler
    end
  end
  add(next_in_order(base, group))
  local routes = redis.call('ZRANGE', routes_of(base, group), 0, -1)
  if #routes > 0 and room_in_group(base, group) > 0 then
    for _, route in ipairs(routes) do
      add(route)
    end
  end
  table.sort(found)
  return table.concat(found, ' ')
end

local function is_among(names, name)
  return string.find(' ' .. names .. ' ', ' ' .. name .. ' ', 1, true)
end

-- Puts a group into the rings of these handlers, and no others.
local function set_rings(base, group, handlers, moved)
  local turn, before = string.match(redis.call('HGET', base .. 'ringed', group) or '', '^(%d+) (.+)$')
  before = before or ''
  if handlers == before and not (moved and handlers ~= '') then
    return
  elseif handlers == '' then
    redis.call('HDEL', base .. 'ringed', group)
  else
    turn = (moved or not turn) and string.format('%d', redis.call('HINCRBY', base .. 'meta', 'turn', 1)) or turn
    redis.call('HSET', base .. 'ringed', group, turn .. ' ' .. handlers)
  end
  for handler in string.gmatch(before, '%S+') do
    if not is_among(handlers, handler) then
      redis.call('ZREM', base .. 'ring:' .. handler, group)
      note_best(base .. 'ring:' .. handler, base .. 'rings', handler)
    end
  end
  for handler in string.gmatch(handlers, '%S+') do
    redis.call('ZADD', base .. 'ring:' .. handler, turn, group)
    note_best(base .. 'ring:' .. handler, base .. 'rings', handler)
  end
end

-- Puts a group where it belongs after something about it has changed. moved: it has had its turn.
local function place_group(base, group, moved)
  local handlers = starters(base, group)
  if handlers == '' then
    redis.call('ZREM', base .. 'resting', group)
  elseif redis.call('ZSCORE', base .. 'resting', group) then
    handlers = ''
  end
  set_rings(base, group, handlers, moved)
end

-- A group may start none before that time.
local function rest(base, group, time)
  redis.call('ZADD', base .. 'resting', time, group)
  set_rings(base, group, '')
end

-- Gives back the slot of a job, if it has one.
local function free_slot(prefix, id)
  local base = base_of(prefix)
  local group = redis.call('HGET', base .. 'slots', id)
  if not group then
    return
  end
  redis.call('HDEL', base .. 'slots', id)
  if redis.call('HINCRBY', base .. 'busy', group, -1) <= 0 then
    redis.call('HDEL', base .. 'busy', group)
  end
  place_group(base, group)
end
