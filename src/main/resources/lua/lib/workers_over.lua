-- Forgets workers of whom nothing was heard for too long, and what they served.
--#include struck_off
-- Nobody is known for longer without being heard of.
local LONGEST_MS = 600000

-- all: ends, sorted sets by kind; names, prefix of the workers' hashes, what tokens have of names and how many characters these are.
local function strike_off_workers(all, now, most)
  for kind, set in pairs(all.ends) do
    cut(set, now + LONGEST_MS)
    for _, name in ipairs(struck_off(set, now, most)) do
      redis.call('ZREM', all.names, kind .. ' ' .. name)
      redis.call('UNLINK', all.prefix .. kind .. ' ' .. name)
      local short = string.sub(name, -all.longest)
      if #name > all.longest and redis.call('HGET', all.in_tokens, short) == name then
        redis.call('HDEL', all.in_tokens, short)
      end
    end
  end
end

local function strike_off_served(served, texts, now, most)
  cut(served, now + LONGEST_MS)
  for _, digest in ipairs(struck_off(served, now - LONGEST_MS, most)) do
    redis.call('HDEL', texts, digest)
  end
end
