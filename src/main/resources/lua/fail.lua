-- Ends attempts of one queue as failed: scheduled again, or dead, each if its lease is still the reporter's.
-- KEYS     running, scheduled, dead
-- ARGV     job key prefix, wake-up channel, queue name; then for each job: id, lease token, error type, error message, wait in ms until the next
--          attempt (-1: there must be none), stack or ''
-- Changes  atomically: the job hashes, and their move from running to scheduled or dead
-- Returns  for each job its state, after an = if the report was applied before, or '' if it was refused
-- Repeat   safe: a job whose attempt this token failed, and that nobody claimed since, answers its state, if both reports or neither of them
--          want another attempt
--#include not_done
--#include spec
--#include errors
local function wait_of(at)
  local wait_ms = tonumber(ARGV[at + 2])
  return wait_ms
end

local function kind_of(at)
  return wait_of(at) >= 0 and 'retry' or 'fail'
end

return end_attempts(kind_of, 6, function(id, job, settled, at)
  local kind, message, wait_ms, stack = ARGV[at], ARGV[at + 1], wait_of(at), ARGV[at + 3]
  local attempt = tonumber(job[4] or '') or 0
  local _, attempts, mark = priority_and_attempts(job[5])
  local errors = with_error(job[6], attempt, now, kind, message, job[7], job[2])
  if stack ~= '' then
    redis.call('HSET', prefix .. id, 'stack', string.format('%.0f ', now) .. stack)
  end
  if wait_ms >= 0 and attempt < (attempts or 0) then
    return due_again(id, settled, wait_ms, mark, 'errors', errors)
  end
  return die(id, settled, errors)
end)
