-- Hears of jobs of a mirrored queue that have changed in the other store.
-- KEYS     meta, ready, scheduled, held
-- ARGV     job key prefix, wake-up channel, queue name, role and epoch that the caller believes this store to have; then for each job: id, payload, or '' if it is not sent,
--          how many words of fields, and the fields of its hash and their values as outbox_read.lua answers them
-- Changes  atomically: the job hashes and payloads, and their places in the sets; the outbox, if a job is newer here; the name of the queue and its entries in next
-- Returns  {meta's field mirror or '', then ids of those that are not there and whose payload was not sent}; nothing was done if this store is something else by now
-- Repeat   safe: versions say what is known already
--#include time
--#include keys
--#include known
--#include mirror
--#include mirrored_job
--#include first_at
--#include startable
--#include news
--#include timed
local meta, ready, scheduled, held = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prefix, channel, queue, believed_role, believed_epoch = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local base, now = base_of(prefix), now_ms()
local known = redis.call('HGET', meta, 'mirror')
local role, epoch = mirror_of(known)
local replies = { known or '' }
if role ~= believed_role or epoch ~= believed_epoch then
  return replies
end
local q = { prefix = prefix, base = base, meta = meta, ready = ready, scheduled = scheduled, held = held, role = role, now = now }
local startable_before, first_known = startable_now(base), first_at(scheduled)
local i = 6
while i < #ARGV do
  local id, payload, words = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  local fields, told = {}, {}
  for j = i + 3, i + 2 + words, 2 do
    local name, value = ARGV[j], ARGV[j + 1]
    told[name] = value
    fields[#fields + 1] = name
    fields[#fields + 1] = value
  end
  if hear_of(q, id, payload, fields, told) then
    replies[#replies + 1] = id
  end
  i = i + 3 + words
end
register(base)
wake_of_news(base, channel, queue, startable_before, now, q.fresh)
tell_of_scheduled(base, channel, queue, first_at(scheduled), first_known, now)
return replies
