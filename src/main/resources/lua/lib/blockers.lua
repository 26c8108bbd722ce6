-- Which jobs keep a ready one from starting, for people: the first few, those first that have been in their state for longest. What is
-- looked at is bounded.
--#include fields
--#include spec

local RUNNING_LOOKED_AT, SLOTS_AT_A_TIME, MOST_SLOT_PAGES, NAMED = 200, 1000, 10, 5

-- Its state, since when it is in that, and its route. One that waits for its next attempt does so since its last one ended.
local function standing(prefix, id)
  local job = redis.pcall('HMGET', prefix .. id, 'state', STARTED_AT, RUN_AT, ENQUEUED_AT, 'wait', SPEC)
  if job.err or not job[1] then
    return nil
  end
  local began, due, waits = tonumber(job[2] or ''), tonumber(job[3] or job[4] or ''), tonumber(job[5] or '')
  local since = due
  if job[1] == 'running' then
    since = began
  elseif job[1] == 'scheduled' then
    since = waits and due - waits or began or tonumber(job[4])
  end
  return { id = id, state = job[1], since = since or 0, route = route_of(job[6]) or '' }
end

local function standings(prefix, ids)
  local found = {}
  for _, id in ipairs(ids) do
    found[#found + 1] = standing(prefix, id)
  end
  table.sort(found, function(a, b) return a.since < b.since or a.since == b.since and a.id < b.id end)
  return found
end

local function looked_at_of_running(prefix, running)
  return standings(prefix, redis.call('ZRANGE', running, 0, RUNNING_LOOKED_AT - 1))
end

-- Jobs that count against the limit of a group, but for one.
local function slot_holders(base, group, but)
  local ids, known, cursor, pages = {}, { [but] = true }, '0', 0
  repeat
    local page = redis.call('HSCAN', base .. 'slots', cursor, 'COUNT', SLOTS_AT_A_TIME)
    cursor, pages = page[1], pages + 1
    for i = 1, #page[2], 2 do
      local id = page[2][i]
      if page[2][i + 1] == group and not known[id] then
        known[id] = true
        ids[#ids + 1] = id
      end
    end
  until cursor == '0' or pages == MOST_SLOT_PAGES
  return ids
end

-- limit: what holds the job; '' if it is in line. Answers id, state and since when of each.
local function blockers(base, running, limit, id, group)
  local prefix = base .. 'job:'
  local found = {}
  if limit == 'concurrency' then
    found = looked_at_of_running(prefix, running)
  elseif limit == 'group-order' or limit == 'group-concurrency' then
    local ids = slot_holders(base, group, id)
    found = standings(prefix, #ids > 0 and ids or redis.call('ZRANGE', base .. 'line:' .. group, 0, 0))
  end
  local reply = {}
  for i = 1, math.min(#found, NAMED) do
    reply[#reply + 1] = found[i].id
    reply[#reply + 1] = found[i].state
    reply[#reply + 1] = string.format('%.0f', found[i].since)
  end
  return reply
end

-- The target that most of the running jobs go to, how many do, and of how many; nothing if none has one.
local function busiest_target(base, running)
  local counts, most = {}, nil
  local found = looked_at_of_running(base .. 'job:', running)
  for _, job in ipairs(found) do
    local target = string.match(job.route, '>(.+)$')
    if target then
      counts[target] = (counts[target] or 0) + 1
      if not most or counts[target] > counts[most] or counts[target] == counts[most] and target < most then
        most = target
      end
    end
  end
  return most and { most, counts[most], #found } or {}
end
