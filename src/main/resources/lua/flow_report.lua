-- Tells a flow what some of its jobs are, and has it decide about their children.
-- KEYS     flow, todo, over, next of the bucket
-- ARGV     prefix of its jobs' ids, ms until a step that nobody reports on is due again, ms until a job is looked at again, ms the flow is kept after its end; then for each job: index, state, turn, result ('': none; 'r' and JSON text; 'l': left out)
-- Changes  atomically: flow, todo, over; the entry of flows in next
-- Returns  {0} if there is no such flow, {1, steps, each once} if there is
-- Repeat   safe: what is not newer than what is known changes nothing, and a step is answered until it is reported on
--#include time
--#include flow_steps
--#include flow_over
--#include flows_due
--#include flow_failed
local flow, todo, over, next_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prefix, patience_ms, recheck_ms, kept_ms = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local flow_id = string.sub(prefix, 6, -2)
local ENDED = { succeeded = true, dead = true, cancelled = true }
local now = now_ms()
-- due: the first time at which anything that this call changes is due.
local reply, due, places = { 1 }, math.huge, {}
if redis.call('EXISTS', flow) == 0 or past_its_time(flow, now) then
  return { 0 }
end

local function get(field, i)
  return redis.call('HGET', flow, field .. i)
end

local function set(i, state, wait_ms)
  redis.call('HSET', flow, 's:' .. i, state)
  redis.call('ZADD', todo, now + wait_ms, prefix .. i)
  due = math.min(due, now + wait_ms)
end

local function answer_if_owed(i)
  if string.sub(get('s:', i), 1, 3) == 'to-' then
    places[i] = places[i] or #reply + 1
    reply[places[i]] = step_of(flow, prefix .. i, i)
  end
end

local function decide(i, state)
  local known = get('s:', i)
  if known == 'to-block' or known == 'blocked' then
    set(i, state, patience_ms)
  end
end

-- What an end means for the children. A parent that died counts once for those that run anyway: it may be requeued.
local function hand_over(i, state)
  local counted = get('k:', i)
  for child, policy in string.gmatch(get('c:', i), '(%d+)(%a)') do
    if state == 'succeeded' and not (policy == 'r' and counted) or policy == 'r' and not counted then
      if redis.call('HINCRBY', flow, 'w:' .. child, -1) == 0 then
        decide(child, 'to-run')
      end
    elseif policy == 'c' and state ~= 'succeeded' then
      decide(child, 'to-cancel')
    end
  end
  redis.call('HSET', flow, 'k:' .. i, 1)
end

local function ended(i, known, state, turn, result)
  if known ~= 'succeeded' and (not ENDED[known] or turn > tonumber(get('t:', i))) then
    redis.call('HSET', flow, 's:' .. i, state, 't:' .. i, turn)
    redis.call('ZREM', todo, prefix .. i)
    if result ~= '' then
      redis.call('HSET', flow, 'r:' .. i, result)
    end
    if not ENDED[known] then
      redis.call('HINCRBY', flow, 'open', -1)
    end
    count_failed(flow, known, state)
    hand_over(i, state)
  end
  for child in string.gmatch(get('c:', i), '%d+') do
    answer_if_owed(child)
  end
end

local function goes_on(i, known, state, turn)
  if ENDED[known] then
    if known ~= 'succeeded' and turn > tonumber(get('t:', i)) then
      redis.call('HSET', flow, 't:' .. i, turn)
      redis.call('HINCRBY', flow, 'open', 1)
      count_failed(flow, known, state)
      set(i, 'run', recheck_ms)
    end
  elseif state ~= 'blocked' then
    set(i, 'run', recheck_ms)
  elseif known == 'to-block' or known == 'blocked' then
    set(i, 'blocked', recheck_ms)
  end
  answer_if_owed(i)
end

for at = 5, #ARGV, 4 do
  local i, state, turn, result = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2]), ARGV[at + 3]
  local known = get('s:', i)
  if known and ENDED[state] then
    ended(i, known, state, turn, result)
  elseif known then
    goes_on(i, known, state, turn)
  end
end

local open, was_over = redis.call('HGET', flow, 'open'), redis.call('HGET', flow, 'ended_at')
if open == '0' and not was_over then
  redis.call('HSET', flow, 'ended_at', now, 'kept_until', now + kept_ms)
  redis.call('ZADD', over, now + kept_ms, flow_id)
  due = math.min(due, now + kept_ms)
  --#include notice_of_flow
  notice_of_flow(flow, flow_id, now)
elseif open ~= '0' and was_over then
  redis.call('HDEL', flow, 'ended_at', 'kept_until')
  redis.call('ZREM', over, flow_id)
end
if due < math.huge then
  flows_due_at(next_key, due)
end
return reply
