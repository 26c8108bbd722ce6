local ERRORS_KEPT = 10

-- The job's error list (JSON text) with one more entry, the oldest dropped beyond ERRORS_KEPT. For an error that ended an
-- attempt: when that began, and the token it ran under, of which the part that names the instance is kept.
local function with_error(errors, attempt, at, kind, message, began, token)
  local ok, list = pcall(cjson.decode, errors or '[]')
  if not ok or type(list) ~= 'table' then
    list = {}
  end
  list[#list + 1] = { attempt = attempt, at = at, type = kind, message = message, began = tonumber(began or ''),
    worker = string.match(token or '', '^(.+)%.') }
  while #list > ERRORS_KEPT do
    table.remove(list, 1)
  end
  return cjson.encode(list)
end
