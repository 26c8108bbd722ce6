-- Which jobs a list, or a request about many, picks out of a state.
--#include fields
--#include spec

-- Errors may be long. No more than about this much is read at a time; the rest is for the next call.
local MOST_ERROR_BYTES = 1000000

-- Each empty for anything: handler, group, type of the latest error, fingerprint of a group of errors, enqueued at or after, and before, in ms.
local function filter_of(handler, group, error_type, error, from, before)
  return { handler = handler, group = group, error_type = error_type, error = error,
    from = tonumber(from) or -math.huge, before = tonumber(before) or math.huge }
end

local function latest_error_type(errors)
  local ok, list = pcall(cjson.decode, errors or '[]')
  return ok and type(list) == 'table' and #list > 0 and list[#list].type
end

local function passes(filter, handler, spec, enqueued_at, errors, error)
  local _, group = group_of(spec)
  return (filter.handler == '' or handler == filter.handler)
    and (filter.group == '' or group == filter.group)
    and (filter.error == '' or error == filter.error)
    and enqueued_at >= filter.from
    and enqueued_at < filter.before
    and (filter.error_type == '' or latest_error_type(errors) == filter.error_type)
end

-- {SPEC, state, ..., ATTEMPT at 4} and the handler of a job that matches, else nil; and how many bytes of errors were read.
local function match(filter, key)
  local job = redis.pcall('HMGET', key, SPEC, 'state', ENQUEUED_AT, ATTEMPT, 'error', filter.error_type ~= '' and 'errors' or 'no')
  local handler = not job.err and job[1] and handler_of(job[1])
  local bytes = not job.err and job[6] and #job[6] or 0
  if handler and passes(filter, handler, job[1], tonumber(job[3] or '') or 0, job[6], job[5]) then
    return job, handler, bytes
  end
  return nil, nil, bytes
end
