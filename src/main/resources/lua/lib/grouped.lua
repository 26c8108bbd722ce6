-- What an enqueue of jobs with unique keys or groups needs besides.
--#include batch
--#include keys
--#include route
--#include conflict
--#include line_up
--#include startable
--#include news

line_up_grouped = function(id, spec, seq) line_up({ prefix = prefix, ready = ready }, id, spec, seq) end

-- Answers two functions: what a job meets, see conflict, and what has it hold its key.
local function meeting(unique_prefix, cancelled)
  return function(id, spec) return conflict(id, spec, unique_prefix, cancelled) end,
    function(id, spec) hold_new_key(id, spec, unique_prefix) end
end

-- Answers what tells of that which may start by then.
local function telling(channel, queue, ready_before)
  local base = base_of(prefix)
  local before = startable_now(base, ready_before > 0)
  return function()
    local fresh = {}
    if any_due and ready_before == 0 then
      news[home] = true
    end
    for route in pairs(news) do
      fresh[handler_in(route)] = handler_in(route) ~= route or nil
    end
    wake_of_news(base, channel, queue, before, now, fresh)
  end
end
