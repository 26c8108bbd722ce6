-- Sweeps a queue (bounded), then leases due jobs to one claimant.
-- KEYS     meta, ready, scheduled, running, dead, receipts, claimants (see receipts.lua)
-- ARGV     job key prefix, corrupt key prefix, wake-up channel, queue name, claimant, lease token, most jobs to lease,
--          most bytes of jobs (one job comes whatever its size), lease in ms, most jobs to sweep of each kind, ms after
--          which a waiting job has aged
-- Changes  atomically: expired leases back to ready (dead if attempts are spent), due scheduled jobs to ready,
--          up to the asked number of jobs and bytes, or as many as limits allow, from ready to running under the token, or
--          to dead if it is too late for them, or aside if their handler is paused; the turns of groups
-- Returns  {1 if jobs are left that may start, ms until the next scheduled job is due, the next lease ends, or a rate
--          allows the next start, or -1, how many attempts the sweep gave back, then for each job {id, payload, JOB_FIELDS}}; fields
--          at the end that no leased job has are left out
-- Repeat   safe: the receipt names the jobs of this claimant's latest claim; the same token again gets those of them
--          that are still under that token, their leases as long as at first, and leases no others. It may ask for less:
--          then it gets the first of them, and the rest is ready again, the attempt not counted. Sendings of one claim must
--          not ask for more than those before, or one that arrives late would take jobs away that are run
--#include time
--#include clock
--#include ready
--#include groups
--#include private
--#include payload
--#include errors
--#include flow
--#include set_aside
--#include sweep
--#include too_late
--#include take
--#include rate
--#include kept
--#include receipts
--#include names
--#include when_full
local q = { meta = KEYS[1], ready = KEYS[2], scheduled = KEYS[3], running = KEYS[4], dead = KEYS[5],
  prefix = ARGV[1], corrupt_prefix = ARGV[2] }
local receipts, claimants = KEYS[6], KEYS[7]
local channel, queue, claimant, token = ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local max, most_bytes, lease_ms = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local sweep_max, aging_ms = tonumber(ARGV[10]), tonumber(ARGV[11])
local base = base_of(q.prefix)
local payload_prefix = base .. 'payload:'
go_on_when_full(q.running)
local now = now_ms()
local meta = redis.call('HMGET', q.meta, 'paused', 'concurrency', 'rate', 'used', 'apart', 'paused_handlers',
  'resuming', 'line_turn', 'clock', 'bounding')
local clock = look_at_clock(q.meta, meta[9], now)
local lease_now = now + clock.offset
-- As text once, not once for each job: Redis would format every number anew.
local now_text, expiry_text = string.format('%.0f', now), string.format('%.0f', lease_now + lease_ms)
local lease_text = string.format('%.0f', lease_ms)
local paused, concurrency, rate, used = meta[1] == '1', tonumber(meta[2]), meta[3], meta[4]
local paused_handlers, resuming, line_turn = meta[6], meta[7], tonumber(meta[8] or 0)

-- How many groups wait of which a job may start now.
local function groups_to_start()
  return meta[5] and redis.call('ZCARD', base .. 'ring') or 0
end

local function park(id, score, handler, mark, group)
  redis.call('ZADD', base .. 'apart', score, id)
  redis.call('ZADD', base .. 'parked:' .. handler, score, id)
  redis.call('HSET', q.meta, 'apart', 1)
  -- The others of its group wait for it.
  if mark == '=' then
    take_slot(base, id, group)
  end
end

local jobs, expiries, ids = {}, {}, {}
-- Bytes of these jobs; whether there was one too many for the answer. That one stays where it was.
local bytes, full = 0, false

-- Of what a job has while it waits, for its lease must not make it larger.
local function size_of(payload, spec, errors)
  return (payload and #payload or 0) + (spec and #spec or 0) + (errors and #errors or 0)
end

local function fits(size)
  if #jobs > 0 and bytes + size > most_bytes then
    full = true
    return false
  end
  bytes = bytes + size
  return true
end

-- The job's payload and fields; nil if it is not to run now, or would make the answer too large.
local function lease(id, score)
  local key = q.prefix .. id
  local job = redis.pcall('HMGET', key, unpack(READY_FIELDS))
  local attempt = not job.err and tonumber(job[JOB_FIELD.attempt] or 0)
  local spec = job[JOB_FIELD.spec]
  if not attempt or not spec then
    set_aside(q.prefix, q.corrupt_prefix, q.dead, id, now, 'the job could not be read when it was claimed')
    return nil
  end
  local limits = string.match(spec, '^%S+ %d+ %d+([/!]%S+) ')
  local late, why
  if limits then
    late, why = too_late(limits, attempt, job[JOB_FIELD.enqueued_at], job[JOB_FIELD.run_at], now)
  end
  if late then
    redis.call('HSET', key, 'state', 'dead', 'finished_at', now_text, 'errors', with_error(job[JOB_FIELD.errors], attempt, now, late, why))
    redis.call('ZADD', q.dead, now, id)
    owe_flow(q.prefix, id, now)
    free_slot(q.prefix, id)
    return nil
  end
  if paused_handlers then
    local handler = handler_of(spec)
    if handler and string.find(paused_handlers, ' ' .. handler .. ' ', 1, true) then
      local _, _, mark, group = priority_and_attempts(spec)
      park(id, score, handler, mark, group)
      return nil
    end
  end
  local payload = redis.pcall('GET', payload_prefix .. id)
  if type(payload) ~= 'string' then
    set_aside(q.prefix, q.corrupt_prefix, q.dead, id, now, 'the payload could not be read when the job was claimed')
    return nil
  end
  if not fits(size_of(payload, spec, job[JOB_FIELD.errors])) then
    return nil
  end
  local next_attempt = tostring(attempt + 1)
  -- Most often it is the same number, and to make it text takes time.
  local claims = job[JOB_FIELD.claims] == job[JOB_FIELD.attempt] and next_attempt
    or tostring((tonumber(job[JOB_FIELD.claims] or '') or 0) + 1)
  job[JOB_FIELD.state], job[JOB_FIELD.attempt], job[JOB_FIELD.started_at] = 'running', next_attempt, now_text
  job[JOB_FIELD.claims] = claims
  redis.call('HSET', key, 'state', 'running', 'attempt', next_attempt, 'started_at', now_text, 'token', token, 'claims', claims,
    'lease', lease_text)
  return payload, job
end

-- Jobs that were not to run, and groups of which none was, so far.
local passed = 0

-- Whether the job was leased.
local function hand_out(id, score)
  local payload, job = lease(id, score)
  if not payload then
    passed = passed + (full and 0 or 1)
    return false
  end
  jobs[#jobs + 1] = { id, payload, job }
  expiries[#expiries + 1] = expiry_text
  expiries[#expiries + 1] = id
  ids[#ids + 1] = id
  return true
end

-- Puts back what was taken of a line, from a place on, as if it had not been: also its share of those that have aged.
local function put_back(line, popped, from, mixed)
  local members = {}
  for i = from, #popped, 2 do
    members[#members + 1] = popped[i + 1]
    members[#members + 1] = popped[i]
  end
  redis.call('ZADD', line, unpack(members))
  if mixed then
    redis.call('HINCRBY', q.meta, 'mixed', -#members / 2)
  end
end

-- Notes down that so many jobs of a group were started, or that so many were not after all.
local function use_rate(rate_of_group, group, count)
  local group_used, full_in = without(rate_of_group, redis.call('HGET', base .. 'rates', group), now, count)
  keep_until(base .. 'rates', group, group_used, now + full_in, now)
end

-- Leases up to so many jobs of a group, and gives it its next turn.
local function lease_of_group(group, quantum)
  local line = base .. 'line:' .. group
  local head = redis.call('ZRANGE', line, 0, 0, 'WITHSCORES')
  local limits = redis.call('HMGET', q.meta, 'group_concurrency', 'group_rate')
  local count, wait = 0, 0
  if head[1] and may_start(base, group, head[1], tonumber(head[2])) then
    count = 1
    if tonumber(head[2]) < ORDERED then
      local room = tonumber(limits[1] or math.huge) - tonumber(redis.call('HGET', base .. 'busy', group) or 0)
      count = math.max(1, math.min(quantum, room, redis.call('ZCOUNT', line, '-inf', string.format('(%.0f', ORDERED))))
    end
    if limits[2] then
      local there
      there, wait = tokens(limits[2], redis.call('HGET', base .. 'rates', group), now)
      count = math.min(count, there)
    end
  end
  if count == 0 then
    passed = passed + 1
    if wait > 0 then
      redis.call('ZREM', base .. 'ring', group)
      redis.call('ZADD', base .. 'resting', now + wait, group)
    else
      place_group(base, group)
    end
    return
  end
  local popped, mixed
  if tonumber(head[2]) < ORDERED then
    popped, mixed = take(line, count, q.prefix, q.meta, now, aging_ms)
  else
    popped = redis.call('ZPOPMIN', line)
  end
  local started = 0
  for i = 1, #popped, 2 do
    redis.call('ZREM', base .. 'apart', popped[i])
    if hand_out(popped[i], popped[i + 1]) then
      take_slot(base, popped[i], group)
      started = started + 1
    elseif full then
      redis.call('ZADD', base .. 'apart', popped[i + 1], popped[i])
      put_back(line, popped, i, mixed)
      break
    end
  end
  if limits[2] and started > 0 then
    use_rate(limits[2], group, started)
  end
  place_group(base, group, started > 0 or not full)
end

-- Looks past jobs that may not be run, so that a backlog of these does not hold up what is behind it: so many as are
-- swept of a kind, and those it took with the last of them. The line of those without a group takes turns with the
-- groups as if it were one.
local function lease_up_to(limit)
  local before, drained
  local groups = groups_to_start()
  repeat
    before = #jobs + passed
    local quantum, first, line_waits = limit - #jobs, nil, true
    if groups > 0 then
      first = redis.call('ZRANGE', base .. 'ring', 0, 0, 'WITHSCORES')
      line_waits = redis.call('ZCARD', q.ready) > 0
      quantum = math.max(1, math.floor(quantum / (groups + (line_waits and 1 or 0))))
    end
    if first and not (line_waits and line_turn < tonumber(first[2])) then
      lease_of_group(first[1], quantum)
    else
      local popped, mixed = take(q.ready, quantum, q.prefix, q.meta, now, aging_ms)
      for i = 1, #popped, 2 do
        hand_out(popped[i], popped[i + 1])
        if full then
          put_back(q.ready, popped, i, mixed)
          break
        end
      end
      drained = not first and #popped < 2 * quantum
      if first and #jobs + passed > before then
        line_turn = redis.call('HINCRBY', q.meta, 'turn', 1)
        redis.call('HSET', q.meta, 'line_turn', line_turn)
      end
    end
    groups = groups_to_start()
  until drained or full or #jobs + passed == before or #jobs == limit or passed >= sweep_max
end

-- Groups whose rest is over, and jobs whose handler is paused no more, bounded as all sweeping is.
local function sweep_apart()
  strike_off_over(base .. 'rates', now, sweep_max)
  for _, group in ipairs(redis.call('ZRANGEBYSCORE', base .. 'resting', '-inf', now, 'LIMIT', 0, sweep_max)) do
    redis.call('ZREM', base .. 'resting', group)
    place_group(base, group)
  end
  for handler in string.gmatch(resuming or '', '%S+') do
    local popped = redis.call('ZPOPMIN', base .. 'parked:' .. handler, sweep_max)
    for i = 1, #popped, 2 do
      local job = redis.pcall('HMGET', q.prefix .. popped[i], 'spec', 'seq')
      redis.call('ZREM', base .. 'apart', popped[i])
      line_up(q, popped[i], not job.err and job[1] or '', tonumber(not job.err and job[2] or '') or 0)
    end
    if #popped < 2 * sweep_max then
      resuming = names_without(resuming, handler)
    end
  end
  if resuming then
    set_names(q.meta, 'resuming', resuming)
    resuming = resuming ~= ' ' and resuming
  end
end

local function startable()
  return redis.call('ZCARD', q.ready) + groups_to_start()
end

local startable_before = startable()
-- A step back begins again, wherever the one before it had come to.
local bounding = clock.stepped_back and '' or meta[10]
if bounding then
--#include page
--#include bound_waits
  if bounding == '' and meta[5] then
    -- Groups that rest are looked at again, a few at a time.
    redis.call('ZUNIONSTORE', base .. 'resting', 1, base .. 'resting', 'WEIGHTS', 0)
  end
  bounding = bound_waits(q.scheduled, q.prefix, bounding, now)
  if bounding then
    redis.call('HSET', q.meta, 'bounding', bounding)
  else
    redis.call('HDEL', q.meta, 'bounding')
  end
end
local returned = sweep(q, now, lease_now, sweep_max)
if meta[5] then
  sweep_apart()
elseif apart_now then
  meta[5] = '1'
end

local room, rate_wait = max, math.huge
if concurrency then
  room = math.min(room, concurrency - redis.call('ZCARD', q.running))
end
if rate then
  room = math.min(room, (tokens(rate, used, now)))
end
local leased_before = ids_of_receipt(receipts, claimant, token, lease_now)
local spent = 0
if leased_before then
  -- Only there for a repeat, for to define them takes time.
--#include lease_again
  lease_again(leased_before)
elseif room > 0 and not paused then
  lease_up_to(room)
  spent = #ids
end
if #ids > 0 then
  redis.call('ZADD', q.running, unpack(expiries))
end
if #ids > 0 or leased_before then
  write_receipt(receipts, claimants, claimant, token, expiry_text, ids, lease_now)
else
  forget_receipts(receipts, claimants, lease_now)
end
if rate and spent ~= 0 then
  used = without(rate, used, now, spent)
  redis.call('HSET', q.meta, 'used', used)
end

expire_if_private(q.prefix, KEYS)
local left = startable()
local open = not paused and not (concurrency and redis.call('ZCARD', q.running) >= concurrency)
local waits = left > 0 or resuming
if rate and open and waits then
  local there, wait = tokens(rate, used, now)
  open = there > 0
  rate_wait = open and math.huge or now + wait
end
-- Jobs that the sweep made ready and this claim left behind are news to everyone else.
if startable_before == 0 and left > 0 then
  wake(channel, queue)
end
local next_due = math.min(first_at(q.scheduled), first_at(q.running) - clock.offset, rate_wait)
if meta[5] then
  next_due = math.min(next_due, first_at(base .. 'resting'))
end
keep_clock(q.meta, clock, next_due < math.huge)
if bounding then
  next_due = now
end
local more = open and waits and 1 or 0
return { more, next_due < math.huge and math.max(next_due - now, 0) or -1, returned, unpack(jobs) }
