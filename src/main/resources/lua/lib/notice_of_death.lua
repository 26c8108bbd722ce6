-- Puts a notice of a job that is dead into the outbox if a hook wants it. Never of the queue whose jobs send notices.
--#include fields
--#include keys
--#include spec
--#include private
--#include notices
local SENDING = 'mainstay.hooks'

local function latest_type_of(errors)
  local ok, list = pcall(cjson.decode, errors or '')
  local latest = ok and type(list) == 'table' and list[#list]
  return type(latest) == 'table' and type(latest.type) == 'string' and latest.type or ''
end

-- asked: see hooks_want
local function notice_of_death(base, prefix, id, now, asked)
  local bucket, place = bucket_of(base)
  local queue = logical_queue(place)
  if queue == SENDING or is_private(base) or not hooks_want(bucket, 'dead', queue, asked) then
    return
  end
  local job = redis.call('HMGET', prefix .. id, SPEC, ATTEMPT, 'errors')
  put_notice(bucket, { 'dead', string.format('%.0f', now), queue, plain(id, 128), plain(handler_of(job[1] or '') or '', 128),
    plain(job[2] or '0', 10), plain(latest_type_of(job[3]), 100) }, now)
end
