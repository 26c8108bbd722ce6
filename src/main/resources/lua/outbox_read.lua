-- Reads of which jobs of a mirrored queue the other store has not heard, oldest first: as they are by now, but for what only this store has a use for. Or some of
-- them, with their payloads.
-- KEYS     meta, outbox
-- ARGV     job key prefix, most jobs; then ids if only these are wanted
-- Changes  nothing
-- Returns  {meta's field mirror or '', the latest change, then for as many as an answer of MOST_BYTES has room for, at least one, of each: id, order (0 if it is not
--          in the outbox), payload, or '' if it has ended and was not asked for, and the fields of its hash and their values; none if there is no such job any more}
-- Repeat   safe: it reads
--#include bytes
--#include payload
--#include ended_state
local meta, outbox = KEYS[1], KEYS[2]
local prefix, most = ARGV[1], tonumber(ARGV[2])
local OWN = { t = true, q = true, settled = true, pending = true, received = true, returned = true }
local entries, whole = {}, #ARGV > 2
for i = 3, #ARGV do
  local id = ARGV[i]
  entries[#entries + 1] = id
  entries[#entries + 1] = redis.call('ZSCORE', outbox, id) or 0
end
if not whole then
  entries = redis.call('ZRANGE', outbox, 0, most - 1, 'WITHSCORES')
end
local stored = redis.call('HMGET', meta, 'mirror', 'changes')
local replies, bytes = { stored[1] or '', tonumber(stored[2] or 0) }, 0
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
return replies
