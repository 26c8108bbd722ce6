-- Reads the states of jobs of one queue.
-- KEYS     the first job
-- ARGV     job key prefix; then for each job: id
-- Changes  nothing
-- Returns  for each job its state, or '' if there is none, or none that can be read
-- Repeat   safe: it reads
local prefix = ARGV[1]
local states = {}
for i = 2, #ARGV do
  local state = redis.pcall('HGET', prefix .. ARGV[i], 'state')
  states[i - 1] = type(state) == 'string' and state or ''
end
return states
