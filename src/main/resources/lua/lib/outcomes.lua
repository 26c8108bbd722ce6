-- How attempts of one handler ended lately. A hash: ok, when the latest success ended; a field for each tenth of the window, with how many
-- failed then; and for each instance how many failures of it are counted. Nothing that a job depends on, so it ends by itself.
local SLICES = 10
local MOST_FIELDS = 1000

-- How many failures are new.
local function count_failures(outcomes, slice, instance, counted, failed)
  local known = tonumber(redis.call('HGET', outcomes.key, 'of ' .. instance) or 0)
  local news = failed - math.max(counted, known)
  if news > 0 then
    redis.call('HINCRBY', outcomes.key, string.format('%d', slice), news)
    redis.call('HSET', outcomes.key, 'of ' .. instance, string.format('%.0f', failed))
  end
end

-- Those of the window; what is older is deleted.
local function failures_of_window(outcomes, slice)
  local sum = 0
  local fields = redis.call('HGETALL', outcomes.key)
  for i = 1, #fields, 2 do
    local at = tonumber(fields[i])
    if at and at >= slice - SLICES and at <= slice then
      sum = sum + tonumber(fields[i + 1])
    elseif at then
      redis.call('HDEL', outcomes.key, fields[i])
    end
  end
  return sum
end

-- Failures before a success do not count. outcomes: key, window in ms, now. Returns how many failures count, and for how many ms no more
-- than a success within the window keeps the handler from being held.
local function add_outcomes(outcomes, instance, counted, failed, succeeded)
  local now, window = outcomes.now, outcomes.window
  local ok = tonumber(redis.call('HGET', outcomes.key, 'ok') or 0)
  if succeeded and succeeded > ok then
    ok = math.min(succeeded, now)
    redis.call('UNLINK', outcomes.key)
    redis.call('HSET', outcomes.key, 'ok', string.format('%.0f', ok))
  end
  -- Instances come and go, and each leaves a field.
  if redis.call('HLEN', outcomes.key) > MOST_FIELDS then
    redis.call('UNLINK', outcomes.key)
  end
  local slice = math.floor(now * SLICES / window)
  count_failures(outcomes, slice, instance, counted, failed)
  redis.call('PEXPIRE', outcomes.key, string.format('%.0f', 2 * window))
  local quiet = ok + window - now
  return failures_of_window(outcomes, slice), quiet > 0 and quiet <= window and math.ceil(quiet) or 0
end
