-- Tells a bucket of which queues hooks want which event, unless it knows what is newer.
-- KEYS     hooks of the bucket
-- ARGV     version, patterns of queues whose jobs' deaths are wanted and of queues whose flows' ends are, a space between them; '' for none
-- Changes  what the bucket knows
-- Returns  the version that it knows now
-- Repeat   safe: it writes the same
local hooks = KEYS[1]
local version, dead, flow_ended = ARGV[1], ARGV[2], ARGV[3]
local known = redis.call('HGET', hooks, 'version')
if known and tonumber(known) >= tonumber(version) then
  return known
end
local function set(field, patterns)
  if patterns == '' then
    redis.call('HDEL', hooks, field)
  else
    redis.call('HSET', hooks, field, patterns)
  end
end
set('dead', dead)
set('flow-ended', flow_ended)
redis.call('HSET', hooks, 'version', version)
return version
