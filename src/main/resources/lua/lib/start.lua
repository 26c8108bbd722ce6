-- When a job is to start: '+<ms>' from now, or '<ms>' since 1970. Answers the time, and the wait if it is one.
local function start_of(start, now)
  local ms = tonumber(start)
  if string.sub(start, 1, 1) == '+' then
    return now + ms, ms
  end
  return ms
end
