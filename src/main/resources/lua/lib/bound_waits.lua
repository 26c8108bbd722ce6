-- After Redis's clock has stepped back: scheduled jobs wait no longer, from now, than they were put off for (their field
-- wait). Those that were given a time wait for it, whatever the clock says. Wants page.lua.
local WAITS_PER_CALL = 200

-- at: where the last call ended, score and id with a space between, or ''. Answers the same of this one; nil: that was all.
local function bound_waits(scheduled, prefix, at, now)
  local score, id = string.match(at, '^(%S+) (%S+)$')
  local page, after = read_page(scheduled, 1, WAITS_PER_CALL, score or '', id or '')
  for i = 1, #page, 2 do
    if tonumber(page[i + 1]) > now then
      local wait = redis.pcall('HGET', prefix .. page[i], 'wait')
      wait = type(wait) == 'string' and tonumber(wait)
      if wait and tonumber(page[i + 1]) > now + wait then
        redis.call('ZADD', scheduled, now + wait, page[i])
        redis.call('HSET', prefix .. page[i], 'run_at', now + wait)
      end
    end
  end
  return after > 0 and page[#page] .. ' ' .. page[#page - 1] or nil
end
