-- What scripts about many jobs of one state share. They look at some jobs in the state's order and act on those that
-- match; a receipt lets a repeat answer as the first call did, and do nothing.
-- KEYS     first: the state's set, receipts (see kept.lua)
-- ARGV     first: job key prefix, token of the request, state, direction (as in list.lua), most jobs to
--          look at, where the last call ended: score and id (both empty for the start);
--          then what to match: six words, see matching.lua
-- Returns  {score and id of the last job looked at, or both '' if none comes after it, now, how many were
--          changed, then for each of those id, handler and attempt}
--#include page
--#include kept
--#include matching

-- A repeat comes within the time-out of calls, which is much shorter.
local RECEIPT_OF_USE_MS = 60000
-- Of a queue. Beyond, the oldest go: one is enough for each request under way, and one may be some 60 KB.
local MOST_RECEIPTS = 100
local bulk = {
  set = KEYS[1],
  receipts = KEYS[2],
  prefix = ARGV[1],
  token = ARGV[2],
  state = ARGV[3],
  direction = tonumber(ARGV[4]),
  limit = tonumber(ARGV[5]),
  cursor_score = ARGV[6],
  cursor_id = ARGV[7],
  filter = filter_of(ARGV[8], ARGV[9], ARGV[10], ARGV[11], ARGV[12], ARGV[13]),
}

-- act(key, id, spec, now) is called for each job that matches; false from it: the job was left as it is.
local function look_through(now, act)
  local page, after = read_page(bulk.set, bulk.direction, bulk.limit, bulk.cursor_score, bulk.cursor_id)
  local reply, count, bytes, looked_at = { '', '', string.format('%.0f', now), 0 }, 0, 0, 0
  while looked_at < #page and bytes < MOST_ERROR_BYTES do
    local id = page[looked_at + 1]
    local key = bulk.prefix .. id
    local job, handler, read_bytes = match(bulk.filter, key)
    if job and job[2] == bulk.state and act(key, id, job[1], now) ~= false then
      count = count + 1
      reply[#reply + 1] = id
      reply[#reply + 1] = handler
      reply[#reply + 1] = job[4] or '0'
    end
    bytes = bytes + read_bytes
    looked_at = looked_at + 2
  end
  if after > 0 or looked_at < #page then
    reply[1], reply[2] = page[looked_at], page[looked_at - 1]
  end
  reply[4] = count
  return reply
end

-- The same, once.
local function for_many(now, act)
  local known = redis.call('HGET', bulk.receipts, bulk.token)
  if known then
    return cjson.decode(known)
  end
  local reply = look_through(now, act)
  if reply[4] > 0 then
    keep_until(bulk.receipts, bulk.token, cjson.encode(reply), now + RECEIPT_OF_USE_MS, now, MOST_RECEIPTS)
  end
  return reply
end
