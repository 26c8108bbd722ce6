-- Reads of which jobs of a mirrored queue the other store has not heard, oldest first: as they are by now, but for what only this store has a use for. Or some of
-- them, with their payloads. Those who ask at the same time can be given different ones.
-- KEYS     meta, outbox
-- ARGV     job key prefix, most jobs, ms for which changes are left to who asked for them, or '' to read those as well; then ids if only these are wanted
-- Changes  meta's field telling, if changes are left to the caller: up to which one, and until when
-- Returns  {meta's field mirror or '', the latest change, 1 if there are none but those that are left to others or 0, then for as many as an answer of MOST_BYTES has
--          room for, at least one, of each: id, order (0 if it is not in the outbox), payload, or '' if it has ended and was not asked for, and the fields of its hash and their values; none if there is no such job any more}
-- Repeat   safe: what was left to a caller who did not hear of it is read again once that time is over
--#include time
--#include bytes
--#include payload
--#include ended_state
local meta, outbox = KEYS[1], KEYS[2]
local prefix, most, left_ms = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local OWN = { t = true, q = true, settled = true, pending = true, received = true, returned = true }
local entries, whole = {}, #ARGV > 3
for i = 4, #ARGV do
  local id = ARGV[i]
  entries[#entries + 1] = id
  entries[#entries + 1] = redis.call('ZSCORE', outbox, id) or 0
end
local stored, now = redis.call('HMGET', meta, 'mirror', 'changes', 'telling'), now_ms()
-- Whoever asks within that time gets those behind the last one that was given. It is not prolonged by that: changes that come in all the time must not put off those of
-- which somebody was to tell who has died.
local told, ends = string.match(left_ms and stored[3] or '', '^(%d+) (%d+)$')
if not told or tonumber(ends) <= now or tonumber(ends) > now + left_ms then
  told, ends = '0', string.format('%.0f', now + (left_ms or 0))
end
if not whole then
  entries = redis.call('ZRANGEBYSCORE', outbox, '(' .. told, '+inf', 'WITHSCORES', 'LIMIT', 0, most)
end
local to_others = #entries == 0 and not whole and redis.call('EXISTS', outbox) or 0
local replies, bytes = { stored[1] or '', tonumber(stored[2] or 0), to_others }, 0
for i = 1, #entries, 2 do
  if bytes >= MOST_BYTES then
    break
  end
  local id = entries[i]
  local all, fields, state = redis.pcall('HGETALL', prefix .. id), {}, nil
  for j = 1, all.err and 0 or #all, 2 do
    if all[j] == 'state' then
      state = all[j + 1]
    end
    if not OWN[all[j]] then
      fields[#fields + 1] = all[j]
      fields[#fields + 1] = all[j + 1]
    end
  end
  local payload = state and (whole or not has_ended(state)) and payload_of(prefix, id) or ''
  bytes = bytes + #payload + bytes_of(fields)
  replies[#replies + 1] = { id, tonumber(entries[i + 1]), payload, fields }
end
local last = replies[#replies]
if left_ms and type(last) == 'table' then
  redis.call('HSET', meta, 'telling', string.format('%.0f %s', last[2], ends))
end
return replies
