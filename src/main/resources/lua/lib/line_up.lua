-- How jobs come into lines and leave them unclaimed: the one place that knows which line is whose.
--#include fields
--#include keys
--#include spec
--#include order
--#include route
--#include lines
--#include groups

-- Puts a ready job in its line. q: prefix, ready; gets apart if it stands apart, what is_home notes down, and
-- fresh: handlers, as keys, of which one target had no jobs in line before, which workers hear of even if others have.
local function line_up(q, id, spec, seq)
  local priority, _, mark, group = priority_and_attempts(spec)
  local route = route_of(spec) or UNREADABLE
  q.base = base_of(q.prefix)
  local base, score = q.base, ready_score(priority or 0, seq)
  if not group then
    local home = is_home(q, route)
    if handler_in(route) ~= route and redis.call('EXISTS', home and q.ready or line_of(base, nil, route)) == 0 then
      q.fresh = q.fresh or {}
      q.fresh[handler_in(route)] = true
    end
    if home then
      redis.call('ZADD', q.ready, score, id)
    else
      q.apart = q.apart or '1'
      stand_apart(base, nil, route, { score, id })
    end
    return
  end
  -- Of a script that has read meta before.
  q.apart = q.apart or '1'
  if mark == '=' then
    redis.call('ZADD', base .. 'apart', ORDERED + seq, id)
    redis.call('ZADD', base .. 'line:' .. group, ORDERED + seq, id)
    redis.call('HSET', base .. 'meta', 'apart', 1)
  else
    stand_apart(base, group, route, { score, id })
  end
  place_group(base, group)
end

local function leave_apart(base, id, spec)
  local mark, group = group_of(spec)
  local route = route_of(spec) or UNREADABLE
  if mark == '=' then
    redis.call('ZREM', base .. 'line:' .. group, id)
  else
    redis.call('ZREM', line_of(base, group, route), id)
    line_changed(base, group, route)
  end
  if group then
    place_group(base, group)
  end
end

-- Takes a job that was not claimed out of wherever it waits.
local function leave_lines(prefix, id)
  local base = base_of(prefix)
  if redis.call('ZREM', base .. 'ready', id) == 0 and redis.call('ZREM', base .. 'apart', id) == 1 then
    local spec = redis.pcall('HGET', prefix .. id, SPEC)
    leave_apart(base, id, type(spec) == 'string' and spec or '')
  end
end

-- The same, and takes its slot from it.
local function leave_line(prefix, id)
  leave_lines(prefix, id)
  free_slot(prefix, id)
end
