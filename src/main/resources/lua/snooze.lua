-- Puts jobs of one queue off because their handlers ask for it: scheduled again, the attempt not counted; or dead, if they
-- have been put off as often as they may be. Each if its lease is still the reporter's.
-- KEYS     running, scheduled, dead
-- ARGV     job key prefix, wake-up channel, queue name; then for each job: id, lease token, wait in ms, how often at most
-- Changes  atomically: the job hashes, and their move from running to scheduled or dead
-- Returns  for each job its state, after an = if the report was applied before, or '' if it was refused
-- Repeat   safe: a job that this token put off, and that nobody claimed since, answers its state
--#include fields
--#include when_full
--#include not_done
--#include spec
--#include errors
go_on_when_full(running)
local function kind_of()
  return 'snooze'
end
return end_attempts(kind_of, 4, function(id, job, settled, at)
  local wait_ms, most = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  local snoozes = tonumber(job[8] or '') or 0
  if snoozes >= most then
    return die(id, settled, with_error(job[6], tonumber(job[4] or '') or 0, now, 'snoozed-too-often',
      'its handler snoozed it ' .. snoozes .. ' times', job[7], job[2]))
  end
  redis.call('HINCRBY', prefix .. id, ATTEMPT, -1)
  redis.call('HINCRBY', prefix .. id, 'reruns', 1)
  return due_again(id, settled, wait_ms, (group_of(job[5])), 'snoozes', snoozes + 1)
end)
