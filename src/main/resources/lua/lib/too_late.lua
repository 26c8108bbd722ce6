-- Whether a job must not be started any more: kind and message of the error it ends with, or nil. attempt: how many began before.
--#include spec
local function too_late(spec, attempt, enqueued_at, run_at, now)
  local expires_in, after, deadline = time_limits(spec)
  if expires_in and attempt == 0 and (tonumber(run_at or enqueued_at or '') or now) + expires_in <= now then
    return 'expired', 'the job did not start before it expired'
  end
  if deadline and (after == '+' and tonumber(enqueued_at or '') or 0) + deadline <= now then
    return 'deadline', 'the job missed its deadline'
  end
end
