-- What scripts about many jobs of one state share. They look at some jobs in the state's order and act on those that
-- match; a receipt lets a repeat answer as the first call did, and do nothing.
-- KEYS     first: the state's set, receipts (see kept.lua)
-- ARGV     first: job key prefix, token of the request, state, direction (as in list.lua), most jobs to
--          look at, where the last call ended: score and id (both empty for the start);
--          then what to match, each empty for anything: handler, type of the latest error, enqueued at or after, and
--          before, in ms
-- Returns  {score and id of the last job looked at, or both '' if none comes after it, now, how many were
--          changed, then for each of those id, handler and attempt}
--#include fields
--#include page
--#include spec
--#include kept

-- A repeat comes within the time-out of calls, which is much shorter.
local RECEIPT_OF_USE_MS = 60000
-- Of a queue. Beyond, the oldest go: one is enough for each request under way, and one may be some 60 KB.
local MOST_RECEIPTS = 100
-- Errors may be long. No more than about this much is read at a time; the rest is for the next call.
local MOST_ERROR_BYTES = 1000000

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
  handler = ARGV[8],
  error_type = ARGV[9],
  from = tonumber(ARGV[10]) or -math.huge,
  before = tonumber(ARGV[11]) or math.huge,
}

local function latest_error_type(errors)
  local ok, list = pcall(cjson.decode, errors or '[]')
  return ok and type(list) == 'table' and #list > 0 and list[#list].type
end

local function matches(handler, enqueued_at, errors)
  return (bulk.handler == '' or handler == bulk.handler)
    and enqueued_at >= bulk.from
    and enqueued_at < bulk.before
    and (bulk.error_type == '' or latest_error_type(errors) == bulk.error_type)
end

-- act(key, id, spec, now) is called for each job that matches; false from it: the job was left as it is.
local function for_many(now, act)
  local known = redis.call('HGET', bulk.receipts, bulk.token)
  if known then
    return cjson.decode(known)
  end
  local page, after = read_page(bulk.set, bulk.direction, bulk.limit, bulk.cursor_score, bulk.cursor_id)
  local reply, count, bytes, looked_at = { '', '', string.format('%.0f', now), 0 }, 0, 0, 0
  while looked_at < #page and bytes < MOST_ERROR_BYTES do
    local id = page[looked_at + 1]
    local key = bulk.prefix .. id
    local job = redis.pcall('HMGET', key, SPEC, 'state', ENQUEUED_AT, ATTEMPT, 'errors')
    local handler = not job.err and job[1] and handler_of(job[1])
    if handler and job[2] == bulk.state and matches(handler, tonumber(job[3] or '') or 0, job[5])
      and act(key, id, job[1], now) ~= false then
      count = count + 1
      reply[#reply + 1] = id
      reply[#reply + 1] = handler
      reply[#reply + 1] = job[4] or '0'
    end
    bytes = bytes + #(not job.err and job[5] or '')
    looked_at = looked_at + 2
  end
  if after > 0 or looked_at < #page then
    reply[1], reply[2] = page[looked_at], page[looked_at - 1]
  end
  reply[4] = count
  if count > 0 then
    keep_until(bulk.receipts, bulk.token, cjson.encode(reply), now + RECEIPT_OF_USE_MS, now, MOST_RECEIPTS)
  end
  return reply
end
