-- Ids that their callers chose and whose jobs are gone: a repeat of the enqueue must not make the job again. One sorted set a
-- queue; the score is until when in ms, times four, and how the job ended. At most so many; then the oldest go, and are
-- counted. base: see keys.lua.
local TRIMMED_PER_CALL = 1000
-- Both ways.
local ENDS = { [0] = 'succeeded', 'dead', 'cancelled', succeeded = 0, dead = 1, cancelled = 2 }

-- Whether the id of a job was chosen by its caller.
local function chosen(key)
  local by = redis.pcall('HGET', key, 'by')
  return type(by) == 'string'
end

-- ended_at: when the job ended; not later than now, however Redis's clock has stepped since.
local function remember(base, id, state, ended_at, for_ms, now)
  local until_ms = math.min(ended_at, now) + for_ms
  if until_ms > now then
    redis.call('ZADD', base .. 'remembered', string.format('%.0f', until_ms * 4 + ENDS[state]), id)
  end
end

-- How a job ended whose id is remembered, or nil.
local function end_of(base, id, now)
  local score = redis.call('ZSCORE', base .. 'remembered', id)
  local until_ms = score and math.floor(score / 4)
  return until_ms and until_ms > now and ENDS[score - until_ms * 4] or nil
end

-- A bounded number of those whose time is over, and of those beyond the number kept. Whether there may be more.
local function trim_remembered(base, most, now)
  local key = base .. 'remembered'
  local over = redis.call('ZRANGEBYSCORE', key, '-inf', string.format('%.0f', now * 4 + 3), 'LIMIT', 0, TRIMMED_PER_CALL)
  if #over > 0 then
    redis.call('ZREM', key, unpack(over))
  end
  local too_many = math.min(redis.call('ZCARD', key) - most, TRIMMED_PER_CALL)
  if too_many > 0 then
    redis.call('ZPOPMIN', key, too_many)
    redis.call('HINCRBY', base .. 'meta', 'forgotten', too_many)
  end
  return #over == TRIMMED_PER_CALL or too_many == TRIMMED_PER_CALL
end
