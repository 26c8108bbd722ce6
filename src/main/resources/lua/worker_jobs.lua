-- Tells which running jobs of a queue some workers have.
-- KEYS     running
-- ARGV     job key prefix, how many to pass over, most jobs to look at, most jobs to tell of each, the workers' names with a space before and
--          after each
-- Changes  nothing
-- Returns  {how many were looked at, then for each worker that has some {name, how many, then of each job id, spec, started_at}}
-- Repeat   safe: it reads
--#include fields
--#include spec
local running = KEYS[1]
local prefix, passed, most, most_told, names = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local ids = redis.call('ZRANGE', running, passed, passed + most - 1)
local reply, of = { #ids }, {}
for _, id in ipairs(ids) do
  local token = redis.pcall('HGET', prefix .. id, TOKEN)
  -- A lease token is the worker's name, a dot, and what makes it one of a kind.
  local name = type(token) == 'string' and string.match(token, '^(.+)%.[^.]*$')
  if name and string.find(names, ' ' .. name .. ' ', 1, true) then
    of[name] = of[name] or { name, 0 }
    local told = of[name]
    if told[2] == 0 then
      reply[#reply + 1] = told
    end
    told[2] = told[2] + 1
    if told[2] <= most_told then
      local fields = redis.call('HMGET', prefix .. id, SPEC, STARTED_AT)
      told[#told + 1], told[#told + 2], told[#told + 3] = id, handler_of(fields[1] or '') or '', fields[2] or ''
    end
  end
end
return reply
