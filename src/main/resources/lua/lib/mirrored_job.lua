-- What becomes of a job of a mirrored queue of which the other store has told. Of two versions the higher one is right; of two ends of one version that of the owner.
--#include fields
--#include keys
--#include ended
--#include ended_state
--#include go_live
--#include outbox

local SETS = { 'scheduled', 'running', 'held', 'succeeded', 'dead', 'cancelled' }

-- Takes a job out of wherever it is, its hash and all.
local function drop(q, id, state)
  leave_line(q.prefix, id)
  for _, set in ipairs(SETS) do
    redis.call('ZREM', q.base .. set, id)
  end
  if state == 'running' then
    redis.call('HINCRBY', q.meta, 'revoked', 1)
  end
  redis.call('UNLINK', q.prefix .. id)
end

-- fields: names and values; told: the same by name. claims: how often it was claimed here, which its fence must not fall behind.
local function write(q, id, fields, told, claims)
  local key = q.prefix .. id
  redis.call('HSET', key, unpack(fields))
  if claims and tonumber(claims) > tonumber(told[CLAIMS] or 0) then
    redis.call('HSET', key, CLAIMS, claims)
  end
  if has_ended(told.state) then
    redis.call('ZADD', q.base .. told.state, math.min(tonumber(told[FINISHED_AT] or q.now), q.now), id)
    prune_soon(q.base, q.now, redis.call('HGET', q.meta, 'pruning'))
  elseif q.role == 'own' then
    go_live(q, id)
  else
    hold_copy(q, id)
  end
end

-- What is to be done: 'take' it, tell that it is 'older', take a 'late' end, or nothing.
local function decision(q, told, here)
  local version, mine = tonumber(told[VERSION] or 0), tonumber(here.version or 0)
  local ends, ended = has_ended(told.state), has_ended(here.state)
  if version > mine then
    return 'take'
  elseif version < mine then
    -- Nobody has claimed it since it started by a takeover, and it did end before that.
    return ends and not ended and here.claims == here.version and 'late' or 'older'
  elseif q.role == 'copy' and (not ended or told.state ~= here.state) then
    return 'take'
  elseif ended and told.state ~= here.state then
    return 'older'
  end
end

-- q: prefix, base, meta, ready, scheduled, held, role, now. payload: '' if it was not sent. Whether it has to be.
local function hear_of(q, id, payload, fields, told)
  local key = q.prefix .. id
  local job = redis.pcall('HMGET', key, 'state', VERSION, CLAIMS)
  local here = { state = not job.err and job[1], version = not job.err and job[2], claims = not job.err and job[3] }
  if not here.state then
    if not told.state then
      return false
    elseif payload == '' then
      return true
    end
    redis.call('SET', payload_key(q.prefix, id), payload)
    write(q, id, fields, told)
  elseif not told.state then
    -- Only what has ended is deleted.
    if q.role == 'copy' and not has_ended(here.state) then
      drop(q, id, here.state)
      redis.call('UNLINK', payload_key(q.prefix, id))
    end
  else
    local act = decision(q, told, here)
    if act == 'older' then
      to_outbox(q.base, { id })
    elseif act then
      drop(q, id, here.state)
      write(q, id, fields, told, here.claims)
    end
    if act == 'late' then
      redis.call('HSET', key, VERSION, here.version)
      changed(q.base, { id })
    end
  end
  return false
end
