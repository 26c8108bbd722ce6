-- Dead jobs of a queue in groups of the same error: of one handler and type, and with the same message but for numbers and ids.
-- errors is a hash, fingerprint to a text: jobs, first and latest time in ms, id of the latest job, handler, with spaces between; then
-- type and message, each on a line of its own. errors:seen has the fingerprints by latest time.
-- Invariant: a dead job that is counted in a group has its fingerprint in the field error; what takes it out of dead counts it
-- down, see error_left.lua. Beyond MOST_GROUPS those go that were seen last the longest ago; should one come again it begins anew.
--#include fields
--#include spec
--#include private
local MOST_GROUPS = 500
-- Of a message, bytes.
local MESSAGE_READ, MESSAGE_KEPT = 500, 200

-- UTF-8 that is cut ends with a whole character.
local function cut(text, most)
  if #text <= most then
    return text
  end
  text = string.sub(text, 1, most + 1)
  repeat
    local last = string.byte(text, -1)
    text = string.sub(text, 1, -2)
  until last < 128 or last >= 192
  return text
end

-- A run of letters and digits. What has them mixed, as ids and hashes have, says nothing of the error; nor does a number.
local function placeholder(run)
  if not string.find(run, '[0-9]') then
    return run
  end
  local hex = #run >= 8 and string.find(run, '^[0-9a-fA-F]+$') and string.find(run, '[a-fA-F]')
  local mixed = string.find(run, '[0-9][A-Za-z]+[0-9]') or #run >= 12 and string.find(run, '[A-Za-z]')
  if hex or mixed then
    return '<id>'
  end
  return (string.gsub(run, '[0-9]+', '<n>'))
end

local FOUR = string.rep('[0-9a-fA-F]', 4)
local UUID = FOUR .. FOUR .. string.rep('%-' .. FOUR, 4) .. FOUR .. FOUR

local function without_ids(message)
  local text = string.gsub(cut(message, MESSAGE_READ), '%c+', ' ')
  text = string.gsub(text, UUID, '<id>')
  text = string.gsub(text, '[0-9A-Za-z]+', placeholder)
  return cut(text, MESSAGE_KEPT)
end

local function latest_of(errors)
  local ok, list = pcall(cjson.decode, errors or '')
  local latest = ok and type(list) == 'table' and list[#list]
  latest = type(latest) == 'table' and latest or {}
  return type(latest.type) == 'string' and latest.type or '', type(latest.message) == 'string' and latest.message or ''
end

-- A job has just become dead.
local function count_death(base, prefix, id, now)
  if is_private(base) then
    return
  end
  local job = redis.call('HMGET', prefix .. id, SPEC, 'errors')
  local kind, message = latest_of(job[2])
  local handler, groups, seen = handler_of(job[1] or '') or 'unreadable', base .. 'errors', base .. 'errors:seen'
  local common = cut(string.gsub(kind, '%c+', ' '), MESSAGE_KEPT) .. '\n' .. without_ids(message)
  local fingerprint = string.sub(redis.sha1hex(handler .. '\n' .. common), 1, 16)
  local jobs, first = string.match(redis.call('HGET', groups, fingerprint) or '', '^(%d+) (%d+) ')
  local at = string.format('%.0f', now)
  redis.call('HSET', prefix .. id, 'error', fingerprint)
  redis.call('HSET', groups, fingerprint,
    string.format('%.0f', (jobs or 0) + 1) .. ' ' .. (first or at) .. ' ' .. at .. ' ' .. id .. ' ' .. handler .. '\n' .. common)
  redis.call('ZADD', seen, at, fingerprint)
  if redis.call('ZCARD', seen) > MOST_GROUPS then
    redis.call('HDEL', groups, redis.call('ZPOPMIN', seen)[1])
  end
end
