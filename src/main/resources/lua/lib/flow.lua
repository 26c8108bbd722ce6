-- Jobs of flows are known by their ids, so that no other job pays for them.
local function in_flow(id)
  return string.sub(id, 1, 5) == 'flow-'
end

-- Writes down, in the script that makes the news, that the flow of a job is owed news of it. prefix: of jobs' keys.
local function owe_flow(prefix, id, now)
  if in_flow(id) then
    redis.call('HINCRBY', prefix .. id, 'turn', 1)
    redis.call('ZADD', string.sub(prefix, 1, -5) .. 'handover', now, id)
  end
end

-- Whether its flow has not been told of the latest news yet: then the job must stay.
local function flow_is_owed(prefix, id)
  return in_flow(id) and redis.call('ZSCORE', string.sub(prefix, 1, -5) .. 'handover', id)
end
