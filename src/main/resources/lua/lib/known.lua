-- Which queues a bucket has: the sorted set names, all with score 0, so that they can be read by name. The same script that
-- makes a job, or makes one ready, writes the name of its queue, so that whatever has the job has the name.
--#include keys
--#include private
local function register(base)
  if not is_private(base) then
    local bucket, queue = bucket_of(base)
    redis.call('ZADD', bucket .. 'names', 0, queue)
  end
end
