-- Names of keys, made from what a script is given. base: what the names of all keys of a queue begin with; prefix: the same of
-- its jobs' keys, 'job:' behind it. What else a queue has is named in docs/redis-model.md.
local function base_of(prefix)
  return string.sub(prefix, 1, -5)
end

local function payload_key(prefix, id)
  return base_of(prefix) .. 'payload:' .. id
end

-- What the names of all keys of the queue's bucket begin with, and the name of the queue.
local function bucket_of(base)
  return string.match(base, '^(ms:%b{}:)(.+):$')
end
