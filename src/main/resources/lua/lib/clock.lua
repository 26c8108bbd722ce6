-- The time by which leases end: Redis's clock and an offset. While the queue has something timed, meta's field clock holds
-- when somebody looked last, the offset in ms, and 1 if the stretch before that look was left out, a space between. A clock that
-- stepped back, or a stretch in which nobody looked (it stepped forward, or nobody reached Redis, so that no worker could
-- extend), goes into the offset: leases have left what they had at the last look. A second such stretch on end counts, for then
-- looks are that rare, and orphans would never be rescued.
-- While jobs run, somebody looks at the time by which leases end this often at least, or it would stand still.
local LOOK_AGAIN_MS = 10000
local LOOK_MS, LONGEST_STRETCH_MS, STEP_BACK_MS = 5000, 15000, 1000

local function write_clock(meta, clock)
  redis.call('HSET', meta, 'clock', string.format('%.0f %.0f %s', clock.now, clock.offset, clock.left_out))
  clock.since = 0
end

-- written: meta's field clock, or nil. Answers the clock; clock.now + clock.offset is the time by which leases end.
local function look_at_clock(meta, written, now)
  local last, offset, left_out = string.match(written or '', '^(%S+) (%S+) (%d)$')
  local clock = { now = now, offset = tonumber(offset or 0), left_out = left_out or '0', since = last and now - last }
  if not last then
    return clock
  end
  if clock.since < -STEP_BACK_MS then
    clock.offset = clock.offset - clock.since
    -- For the next claim: where in scheduled it is with bounding the waits.
    redis.call('HSET', meta, 'bounding', '')
    clock.stepped_back = true
    write_clock(meta, clock)
  elseif clock.since > LONGEST_STRETCH_MS and left_out == '0' then
    clock.offset = clock.offset - clock.since
    clock.left_out = '1'
    write_clock(meta, clock)
  end
  return clock
end

-- At the end of a look. timed: whether the queue has anything that time changes.
local function keep_clock(meta, clock, timed)
  if not clock.since then
    if timed then
      write_clock(meta, clock)
    end
  elseif clock.since >= LOOK_MS or clock.left_out == '1' and clock.since >= STEP_BACK_MS then
    if timed then
      clock.left_out = clock.since > LONGEST_STRETCH_MS and '1' or '0'
      write_clock(meta, clock)
    else
      redis.call('HDEL', meta, 'clock')
    end
  end
end
