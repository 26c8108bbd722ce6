-- Reads what holds a job where it stands, all at one moment.
-- KEYS     job, meta, ready, running
-- ARGV     id
-- Changes  nothing
-- Returns  {now, 1 if the queue is paused, how many of the queue run, how many are before it in line or -1,
--          when its lease ends or '', its token or '', JOB_FIELDS, which limit holds it if it is ready, or '', {id, state, since when}
--          of the first jobs that hold it, one after the other, {the target of most running jobs, how many, of how many} or {} if it is in
--          line}; without the last four if there is no such job
-- Repeat   safe: it reads
--#include fields
--#include time
--#include keys
--#include prefix
--#include spec
--#include rate
--#include lines
--#include blockers
--#include job_fields
--#include job_field
local key, meta, ready, running = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id = ARGV[1]
local reply = {
  string.format('%.0f', now_ms()),
  redis.call('HGET', meta, 'paused') == '1' and 1 or 0,
  redis.call('ZCARD', running),
  -1,
  '',
  '',
}
if redis.call('EXISTS', key) == 0 then
  return reply
end
local job = redis.pcall('HMGET', key, unpack(JOB_FIELDS))
if job.err then
  reply[7], reply[8], reply[9], reply[10] = {}, '', {}, {}
  return reply
end
local lease_ends = redis.call('ZSCORE', running, id)
if lease_ends then
  local offset = string.match(redis.call('HGET', meta, 'clock') or '', ' (%S+) ')
  reply[5] = string.format('%.0f', lease_ends - (offset or 0))
end
reply[6] = redis.call('HGET', key, TOKEN) or ''
reply[7] = job
local spec = job[JOB_FIELD.spec] or ''
local base = base_of(prefix_of(key, id))
local mark, group = group_of(spec)
local handler = handler_of(spec) or ''

-- No two scores of a line are the same, so the lower ones are those before it.
local route = route_of(spec) or ''
for _, line in ipairs({ ready, base .. 'line:' .. (group or ''), line_of(base, group, route) }) do
  local score = redis.call('ZSCORE', line, id)
  if score then
    reply[4] = redis.call('ZCOUNT', line, '-inf', '(' .. score)
  end
end

local function limit()
  local limits = redis.call('HMGET', meta, 'paused_handlers', 'concurrency', 'rate', 'used', 'group_concurrency',
    'group_rate')
  local now = now_ms()
  if limits[1] and string.find(limits[1], ' ' .. handler .. ' ', 1, true) then
    return 'handler-paused'
  elseif limits[2] and reply[3] >= tonumber(limits[2]) then
    return 'concurrency'
  elseif limits[3] and tokens(limits[3], limits[4], now) < 1 then
    return 'rate'
  elseif not group then
    return ''
  elseif limits[6] and tokens(limits[6], redis.call('HGET', base .. 'rates', group), now) < 1 then
    return 'group-rate'
  end
  local busy = tonumber(redis.call('HGET', base .. 'busy', group) or 0)
  if mark == '=' and (reply[4] > 0 or busy > 0 and redis.call('HEXISTS', base .. 'slots', id) == 0) then
    return 'group-order'
  end
  return limits[5] and busy >= tonumber(limits[5]) and mark ~= '=' and 'group-concurrency' or ''
end
local is_ready = job[JOB_FIELD.state] == 'ready'
reply[8] = is_ready and limit() or ''
reply[9] = is_ready and blockers(base, running, reply[8], id, group) or {}
reply[10] = is_ready and reply[8] == '' and busiest_target(base, running) or {}
return reply
