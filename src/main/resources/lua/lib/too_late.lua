-- Whether a job must not be started any more: kind and message of the error it ends with, or nil. limits: what stands behind
-- the time-out in its spec, '/<ms>' to be started for the first time after it was due, '!<ms since 1970>' or '!+<ms>' after the
-- enqueue to be done. attempt: how many began before.
local function too_late(limits, attempt, enqueued_at, run_at, now)
  local expires_in = attempt == 0 and tonumber(string.match(limits, '^/(%d+)') or '')
  if expires_in and (tonumber(run_at or enqueued_at or '') or now) + expires_in <= now then
    return 'expired', 'the job was not started in time'
  end
  local after, deadline = string.match(limits, '!(%+?)(%d+)$')
  if deadline and (after == '+' and tonumber(enqueued_at or '') or 0) + deadline <= now then
    return 'deadline', 'the job was not done by its deadline'
  end
end
