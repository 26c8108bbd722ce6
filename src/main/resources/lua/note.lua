-- Writes down what attempts of one queue say of themselves: progress, lines of the log.
-- KEYS     running (not read: it says which slot)
-- ARGV     job key prefix, lines kept; then for each job: id, token, attempt, percent ('' if there is no news of it), note,
--          number of the first line within the attempt, how many lines, and for each of these its age in ms and its text
-- Changes  the fields progress and log, each if the token is that of the job's latest claim, also after the attempt's end;
--          the job is known to be received
-- Returns  how many of the jobs were theirs
-- Repeat   safe: the log knows up to which number it has the lines of the token that wrote last
--#include fields
--#include time
local prefix, kept = ARGV[1], tonumber(ARGV[2])
local now = now_ms()

local function with_lines(log, token, attempt, next_line, first, count)
  local writer, last, old = string.match(log or '', '^(%S+) (%d+)\n(.*)$')
  last = writer == token and tonumber(last) or 0
  local lines = {}
  for line in string.gmatch(old or '', '[^\n]+') do
    lines[#lines + 1] = line
  end
  for number = first, first + count - 1 do
    local age, text = ARGV[next_line], ARGV[next_line + 1]
    if number > last then
      lines[#lines + 1] = string.format('%.0f %s %s', now - age, attempt, text)
    end
    next_line = next_line + 2
  end
  local head = string.format('%s %.0f\n', token, math.max(last, first + count - 1))
  return head .. table.concat(lines, '\n', math.max(1, #lines - kept + 1))
end

local at, theirs = 3, 0
while at <= #ARGV do
  local key, token, attempt, percent, note = prefix .. ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4]
  local first, count = tonumber(ARGV[at + 5]), tonumber(ARGV[at + 6])
  local job = redis.pcall('HMGET', key, TOKEN, count > 0 and 'log' or TOKEN, CLAIMS, 'received')
  if not job.err and job[1] == token then
    theirs = theirs + 1
    if job[3] ~= job[4] then
      redis.call('HSET', key, 'received', job[3] or 0)
    end
    if percent ~= '' then
      redis.call('HSET', key, 'progress', string.format('%s %.0f %s', percent, now, note))
    end
    if count > 0 then
      redis.call('HSET', key, 'log', with_lines(job[2], token, attempt, at + 7, first, count))
    end
  end
  at = at + 7 + 2 * count
end
return theirs
