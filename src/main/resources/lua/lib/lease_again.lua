-- The repeat of a claim: the first of the jobs that it leased and that are still under its token, as many as it asks for now.
-- claim: see hand_out.lua.
--#include fields
--#include spec
--#include payload
--#include sweep
--#include answer
--#include group_rate
--#include job_fields
--#include job_field

-- A job of this claim that is not to be in its answer after all: it was not started, so what it took of the group's rate comes
-- back.
local function give_back_unstarted(claim, id, spec, group_rate)
  local _, group = group_of(spec)
  give_attempt_back(claim, id, spec, tonumber(redis.call('HGET', claim.prefix .. id, SEQ) or '') or 0)
  if group and group_rate then
    use_group_rate(claim, group_rate, group, -1)
  end
end

-- A job that its worker is known to have is never given back: this may be a sending that comes late. ids_leased: a space between
-- them. How many were given back.
local function lease_again(claim, ids_leased, most)
  local group_rate = redis.call('HGET', claim.meta, 'group_rate')
  local given_back = 0
  -- What is given back may be of another route than that of ready.
  claim.simple = false
  for id in string.gmatch(ids_leased, '%S+') do
    local key = claim.prefix .. id
    local held = redis.pcall('HMGET', key, 'state', TOKEN, 'received', CLAIMS, 'pending')
    -- The worker has left a pending job to somebody else: its lease is not to be cut.
    local pending = held[1] == 'running' and held[5] and string.match(held[5], '^%d+') == held[4]
    if held[1] == 'running' and held[2] == claim.token and not pending then
      local job = redis.call('HMGET', key, unpack(JOB_FIELDS))
      local spec, received = job[JOB_FIELD.spec], held[3] == held[4]
      local payload = (received or not full) and payload_of(claim.prefix, id)
      local size = size_of(payload, spec, job[JOB_FIELD.errors])
      if received or #ids < most and not full and fits(size, claim.most_bytes) then
        add_to_answer(id, payload, job)
        -- Its worker may have extended it since, and relies on that.
        local ends_at = received and redis.call('ZSCORE', claim.running, id)
        if ends_at and tonumber(ends_at) > claim.lease_until then
          longer[id] = ends_at
        end
      else
        give_back_unstarted(claim, id, spec, group_rate)
        given_back = given_back + 1
      end
    end
  end
  return given_back
end
