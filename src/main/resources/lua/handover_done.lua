-- Strikes off news that flows have been told of.
-- KEYS     handover
-- ARGV     job key prefix; then for each job: id, turn of the news
-- Changes  handover; next, if no news are left
-- Returns  how many were struck off
-- Repeat   safe: it strikes off what is there; news since has a higher turn and stays
--#include due
local handover = KEYS[1]
local prefix = ARGV[1]
local done = 0
for i = 2, #ARGV, 2 do
  local id, turn = ARGV[i], ARGV[i + 1]
  if redis.pcall('HGET', prefix .. id, 'turn') == turn then
    done = done + redis.call('ZREM', handover, id)
  end
end
if redis.call('EXISTS', handover) == 0 then
  no_news(base_of(prefix))
end
return done
