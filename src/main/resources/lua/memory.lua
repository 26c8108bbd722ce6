-- Estimates what a queue takes of memory: of its sets all is counted, of its jobs a sample of each set is measured.
-- KEYS     sets of ids of jobs, then what else the queue has
-- ARGV     job key prefix, payload key prefix, how many jobs of each set to measure, how many of the keys are sets of jobs
-- Changes  nothing
-- Returns  {jobs, bytes or -1 if this user may not ask what keys take, jobs that were measured}
-- Repeat   safe: it reads
local prefix, payload_prefix, most, sets = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
-- Elements of a key of which Redis works out the mean.
local ELEMENTS = 5
local jobs, bytes, measured, forbidden = 0, 0, 0, false

-- What is not there takes nothing.
local function usage(key)
  local answer = redis.pcall('MEMORY', 'USAGE', key, 'SAMPLES', ELEMENTS)
  forbidden = forbidden or type(answer) == 'table' and answer.err ~= nil
  return type(answer) == 'number' and answer or 0
end

for i, key in ipairs(KEYS) do
  bytes = bytes + usage(key)
  local size = i <= sets and redis.pcall('ZCARD', key) or 0
  size = type(size) == 'number' and size or 0
  jobs = jobs + size
  -- Every so many of them: neighbours were made together, and are of one kind.
  local looked_at, of_jobs = math.min(size, most), 0
  for j = 0, looked_at - 1 do
    local at = math.floor(j * size / looked_at)
    local id = redis.call('ZRANGE', key, at, at)[1]
    of_jobs = of_jobs + usage(prefix .. id) + usage(payload_prefix .. id)
  end
  measured = measured + looked_at
  bytes = bytes + (looked_at > 0 and of_jobs * size / looked_at or 0)
end
return { jobs, forbidden and -1 or math.floor(bytes), measured }
