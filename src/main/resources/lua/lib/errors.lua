local ERRORS_KEPT = 10

-- The job's error list (JSON text) with one more entry, the oldest dropped beyond ERRORS_KEPT.
local function with_error(errors, attempt, at, kind, message)
  local ok, list = pcall(cjson.decode, errors or '[]')
  if not ok or type(list) ~= 'table' then
    list = {}
  end
  list[#list + 1] = { attempt = attempt, at = at, type = kind, message = message }
  while #list > ERRORS_KEPT do
    table.remove(list, 1)
  end
  return cjson.encode(list)
end
