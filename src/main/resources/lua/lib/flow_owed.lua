-- Whether its flow has not been told of the latest news yet: then the job must stay.
--#include in_flow
--#include keys
local function flow_is_owed(prefix, id)
  return in_flow(id) and redis.call('ZSCORE', base_of(prefix) .. 'handover', id)
end
