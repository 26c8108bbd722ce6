-- Hands out news of jobs that their flows are owed, those first that were not handed out for the longest time: what cannot be
-- brought must not stand in front of the rest for ever.
-- KEYS     handover
-- ARGV     job key prefix, id of the only job asked about or '', how long ago at least in ms, most jobs (fewer if their
--          results come to MOST_BYTES before)
-- Changes  handover: what is handed out goes to the end, unless one job was asked about; without entries that say nothing; next,
--          if no news are left
-- Returns  for each job {id, state, turn, result or ''}
-- Repeat   safe: what was handed out with an answer that was lost comes again
--#include time
--#include when_full
--#include bytes
--#include due
local handover = KEYS[1]
local prefix, only, older_ms, max = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local ids, now = { only }, now_ms()
if only == '' then
  go_on_when_full(handover)
  ids = redis.call('ZRANGEBYSCORE', handover, '-inf', now - older_ms, 'LIMIT', 0, max)
  if #ids == 0 then
    -- From the future: Redis's clock has stepped back since.
    ids = redis.call('ZRANGEBYSCORE', handover, string.format('(%.0f', now), '+inf', 'LIMIT', 0, max)
  end
  if redis.call('EXISTS', handover) == 1 then
    due_at(base_of(prefix), ' news', now + NEWS_AFTER_MS)
  else
    no_news(base_of(prefix))
  end
elseif not redis.call('ZSCORE', handover, only) then
  return {}
end
local replies, bytes = {}, 0
for _, id in ipairs(ids) do
  if bytes >= MOST_BYTES then
    break
  end
  local job = redis.pcall('HMGET', prefix .. id, 'state', 'turn', 'result')
  if job.err or not job[1] or not string.match(id, '^flow%-%w[%w_-]*%-%d+$') then
    redis.call('ZREM', handover, id)
  else
    bytes = bytes + bytes_of(job)
    if only == '' then
      redis.call('ZADD', handover, now, id)
    end
    replies[#replies + 1] = { id, job[1], job[2] or 0, job[3] or '' }
  end
end
return replies
