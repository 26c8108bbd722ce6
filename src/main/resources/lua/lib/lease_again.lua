-- The repeat of a claim, of claim.lua, whose locals it uses: the first of the jobs that it leased and that are still under its
-- token, as many as it asks for now. ids_leased: a space between them. Wants sweep.lua, ready.lua, payload.lua.

-- A job of this claim that is not to be in its answer after all: it was not started, so what it took of rates comes back.
local function give_back_unstarted(id, job, group_rate)
  local _, _, _, group = priority_and_attempts(job[JOB_FIELD.spec])
  give_attempt_back(q, id, job[JOB_FIELD.spec], tonumber(redis.call('HGET', q.prefix .. id, 'seq') or '') or 0)
  if group and group_rate then
    use_rate(group_rate, group, -1)
  end
  spent = spent - 1
end

-- A job that its worker is known to have is never given back: this may be a sending that comes late.
local function lease_again(ids_leased)
  local group_rate = redis.call('HGET', q.meta, 'group_rate')
  for id in string.gmatch(ids_leased, '%S+') do
    local key = q.prefix .. id
    local held = redis.pcall('HMGET', key, 'state', 'token', 'received', 'claims')
    if held[1] == 'running' and held[2] == token then
      local job = redis.call('HMGET', key, unpack(JOB_FIELDS))
      local received = held[3] == held[4]
      local payload = (received or not full) and payload_of(q.prefix, id)
      if received or #jobs < max and not full and fits(size_of(payload, job[JOB_FIELD.spec], job[JOB_FIELD.errors])) then
        jobs[#jobs + 1] = { id, payload, job }
        expiries[#expiries + 1] = expiry_text
        expiries[#expiries + 1] = id
        ids[#ids + 1] = id
        redis.call('HSET', key, 'lease', lease_text)
      else
        give_back_unstarted(id, job, group_rate)
      end
    end
  end
end
