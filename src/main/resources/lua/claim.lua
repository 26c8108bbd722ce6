-- Sweeps a queue (bounded), then leases due jobs to one claimant.
-- KEYS     meta, ready, scheduled, running, dead, receipts, claimants (see receipts.lua)
-- ARGV     job key prefix, corrupt key prefix, wake-up channel, queue name, claimant, lease token, most jobs to lease, most bytes of jobs (one
--          job comes whatever its size), lease in ms, most jobs to sweep of each kind, ms after which a waiting job has aged; handlers that the
--          claimant serves, a space before and after each; how many jobs it takes of each target, or '' for any number; and of single ones:
--          target, number, a space between
-- Changes  atomically: expired leases back to ready (dead if attempts are spent), due scheduled jobs to ready, up to the asked number of jobs
--          and bytes, or as many as limits allow, from lines that the claimant serves to running under the token, or to dead if it is too late
--          for them; the turns of groups; the queue's entries in next
-- Returns  {1 if jobs are left that this claimant may start, 2 if it wants none of their targets, ms until the next scheduled job is due, the next
--          lease ends, or a rate allows the next start, or -1, how many attempts the sweep gave back, Redis's time in ms, the jobs: id, payload and fields of
--          each: JOB_FIELDS if it is leased again, else those before STATE, of a first attempt enqueued_at, a space, and spec, the jobs it ended as dead, if any, see died.lua}; nothing is done where mirror_closed.lua says so
-- Repeat   safe: the receipt names the jobs of this claimant's latest claim; the same token again gets those of them that are still under that
--          token, their leases as long as at first, and leases no others. It may ask for less: then it gets the first of them, and the rest is
--          ready again, the attempt not counted. Sendings of one claim must not ask for more than those before, or one that arrives late would
--          take jobs away that are run
--#include time
--#include clock
--#include sweep_due
--#include when_full
--#include private
--#include keys
--#include turns
--#include answer
--#include receipts
--#include mirror_closed
local meta, ready, scheduled, running, dead, receipts, claimants = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local prefix, corrupt_prefix, channel, queue, claimant, token = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local most, most_bytes, lease_ms = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local base, now = base_of(prefix), now_ms()
go_on_when_full(running)
local stored = redis.call('HMGET', meta, 'paused', 'concurrency', 'rate', 'used', 'apart', 'paused_handlers', 'route', 'line_turn', 'clock', 'bounding', 'mirror')
if is_closed(stored[11]) then
  return { 0, CLOSED_MS, 0, string.format('%.0f', now), jobs }
end
local paused, concurrency, rate = stored[1] == '1', tonumber(stored[2]), stored[3]
local clock = look_at_clock(meta, stored[9], now)
local lease_now = now + clock.offset
local expiry_text = string.format('%.0f', lease_now + lease_ms)
local claim = {
  meta = meta, ready = ready, scheduled = scheduled, running = running, dead = dead, base = base, prefix = prefix, payload_prefix = payload_key(prefix, ''), corrupt_prefix = corrupt_prefix,
  now = now, now_text = string.format('%.0f', now), token = token, lease_until = lease_now + lease_ms, most_bytes = most_bytes, sweep_max = tonumber(ARGV[10]),
  aging_ms = tonumber(ARGV[11]), apart = stored[5], paused_handlers = stored[6], home = stored[7] or UNREADABLE, line_turn = tonumber(stored[8] or 0),
  handlers = ARGV[12], room_of_each = tonumber(ARGV[13]) or math.huge, room_of_targets = ARGV[14], mirror = stored[11], simple = not stored[5] and not stored[6] and not string.find(stored[7] or '', '>', 1, true),
}
local startable_before = startable_in(claim, redis.call('ZCARD', ready) > 0)
-- A step back begins again, wherever the one before it had come to.
local bounding = clock.stepped_back and '' or stored[10]
if bounding then
  --#include bound_waits
  bounding = bound_waits(claim, bounding)
end
local returned, swept, first_running, first_due = sweep_due(claim, lease_now)
local none_ran = first_running == math.huge
if stored[5] then
  --#include sweep_apart
  sweep_apart(claim)
end
local allowed, use_rate
if rate then
  --#include queue_rate
  allowed, use_rate = queue_rate(meta, rate, stored[4], now)
end
local room = math.min(most, concurrency and concurrency - redis.call('ZCARD', running) or most, rate and (allowed()) or most)
local leased_before = ids_of_receipt(receipts, claimant, token, lease_now)
if leased_before then
  --#include lease_again
  local given_back = lease_again(claim, leased_before, most)
  if rate and given_back > 0 then
    use_rate(-given_back)
  end
elseif room > 0 and not paused then
  lease_up_to(claim, room)
  if rate and #ids > 0 then
    use_rate(#ids)
  end
end
if #ids > 0 then
  redis.call('ZADD', running, unpack(leases_until(expiry_text)))
  expire_if_private(prefix, { running })
end
if #ids > 0 or leased_before then
  local first = write_receipt(receipts, claimants, claimant, token, expiry_text, ids, lease_now)
  expire_if_private(prefix, first and { meta, receipts, claimants } or {})
else
  forget_receipts(receipts, claimants, lease_now)
end

local in_ready = redis.call('ZCARD', ready) > 0
local startable = startable_in(claim, in_ready)
expire_if_private(prefix, in_ready and { ready } or {})
local open = not paused and not (concurrency and redis.call('ZCARD', running) >= concurrency)
local rate_wait = math.huge
if rate and open and next(startable) then
  local there, wait = allowed()
  open = there > 0
  rate_wait = open and math.huge or now + wait
end
if swept or leased_before then
  first_running, first_due = first_at(running), first_at(scheduled)
elseif #ids > 0 then
  first_running = math.min(first_running, lease_now + lease_ms)
end
local timed = math.min(first_due, first_running - clock.offset, claim.apart and first_at(base .. 'resting') or math.huge)
local next_due = bounding and now or math.min(timed, rate_wait)
keep_clock(meta, clock, next_due < math.huge)
local more = open and more_for(claim, startable) or 0
-- Where only the jobs of one handler are fewer, nothing is new.
local quiet = #ids > 0 and claim.simple and not (swept or leased_before or concurrency or rate)
if not quiet then
  --#include claim_news
  tell_of_startable(claim, channel, queue, { before = startable_before, after = startable, open = open, limited = concurrency or rate, most = most })
end
if not quiet or more == 0 or none_ran then
  --#include look_again
  look_again(claim, leased_before or #ids, in_ready or next(startable) or next_due < math.huge, next_due, quiet and more == 0 and claim.home)
end
-- The rate is nothing to those who serve nothing of what it holds.
local wait = (rate and not bounding and not serves_any(claim, startable) and timed or next_due) - now
return { more, wait < math.huge and math.max(wait, 0) or -1, returned, claim.now_text, jobs, claim.died }
