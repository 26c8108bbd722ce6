-- What scripts owe the flow of a job.
--#include keys
--#include due
--#include in_flow

-- Writes down, in the script that makes the news, that the flow of a job is owed news of it. prefix: of jobs' keys.
local function owe_flow(prefix, id, now)
  if in_flow(id) then
    redis.call('HINCRBY', prefix .. id, 'turn', 1)
    redis.call('ZADD', base_of(prefix) .. 'handover', now, id)
    news_due(base_of(prefix), now)
  end
end
