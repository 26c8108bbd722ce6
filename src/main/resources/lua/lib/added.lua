-- Names that are in the second table and not in the first, both as keys; in their order.
local function added(before, after)
  local news = {}
  for handler in pairs(after) do
    if not before[handler] then
      news[#news + 1] = handler
    end
  end
  table.sort(news)
  return news
end

-- The same, and those that are in a third table, if there is one, and in the second.
local function added_or(before, after, fresh)
  local rest = {}
  for name in pairs(before) do
    rest[name] = not (fresh and fresh[name]) or nil
  end
  return added(rest, after)
end
