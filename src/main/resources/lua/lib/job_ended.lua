-- That a job is dead or cancelled: the one place of scripts that knows it, called once it is written. What has to follow in the same
-- script hangs here. Jobs that succeed come many at a time, so complete.lua does the same for all of them at once.
--#include keys
--#include ended
--#include flow
local deaths_asked = {}

-- asked: what hooks want of deaths, as far as the caller knows it from other jobs; may be left out
local function job_ended(prefix, id, state, now, asked)
  local base = base_of(prefix)
  one_ended(base, now, id)
  owe_flow(prefix, id, now)
  if state == 'dead' then
    --#include error_groups
    --#include notice_of_death
    count_death(base, prefix, id, now)
    notice_of_death(base, prefix, id, now, asked or deaths_asked)
  end
end
