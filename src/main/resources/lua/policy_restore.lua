-- Has policies again that were lost with all data of this store.
-- KEYS     policies, meta
-- ARGV     version of all, latest epoch, then queue and policy of each
-- Changes  atomically: the policies, the version of all and the latest epoch, if there never was a policy
-- Returns  1 if they are set, 0 if there are or were others
-- Repeat   safe: the second time there are some
local policies, meta = KEYS[1], KEYS[2]
local version, epoch = ARGV[1], ARGV[2]

if redis.call('HEXISTS', meta, 'policies_version') == 1 then
  return 0
end
for i = 3, #ARGV, 2 do
  local queue, policy = ARGV[i], ARGV[i + 1]
  redis.call('HSET', policies, queue, policy)
end
redis.call('HSET', meta, 'policies_version', version, 'policies_epoch', epoch)
return 1
