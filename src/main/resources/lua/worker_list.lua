-- Reads workers that are known, instances first, each kind by name.
-- KEYS     names, instances, remote workers, texts of what is served, drains
-- ARGV     prefix of the workers' hashes, from where on as in ZRANGEBYLEX, most workers; fewer if they come to MOST_BYTES before
-- Changes  nothing
-- Returns  {now in ms, the last one looked at or '' if there are no more, {digest, text, ...} of what they serve, then for each {kind and
--          name, since, seen, what it says or '', digest of what it serves or '', until when it is drained or '', its
--          recoveries or ''}}
-- Repeat   safe: it reads
--#include time
--#include bytes
local names, instances, remote, texts, drains = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local prefix, from, most = ARGV[1], ARGV[2], tonumber(ARGV[3])
-- Some of those looked at may be over.
local MOST_LOOKED_AT = 1000
local now, ends = now_ms(), { instance = instances, remote = remote }
local reply, bytes, told = { now, '', {} }, 0, {}

local function tell(digest)
  if digest and not told[digest] then
    local text = redis.call('HGET', texts, digest) or ''
    told[digest] = true
    reply[3][#reply[3] + 1], reply[3][#reply[3] + 2] = digest, text
    bytes = bytes + #text
  end
end

local last = ''
for i, member in ipairs(redis.call('ZRANGEBYLEX', names, from, '+', 'LIMIT', 0, MOST_LOOKED_AT + 1)) do
  if #reply - 3 == most or bytes >= MOST_BYTES or i > MOST_LOOKED_AT then
    reply[2] = last
    break
  end
  local kind, name = string.match(member, '^(%S+) (%S+)$')
  local known_until = ends[kind] and redis.call('ZSCORE', ends[kind], name)
  local fields = tonumber(known_until or 0) > now
    and redis.pcall('HMGET', prefix .. member, 'since', 'seen', 'says', 'serves', 'recoveries')
  if fields and not fields.err and fields[2] then
    local drained = redis.call('ZSCORE', drains, member)
    reply[#reply + 1] = { member, fields[1] or fields[2], fields[2], fields[3] or '', fields[4] or '',
      tonumber(drained or 0) > now and drained or '', fields[5] or '' }
    bytes = bytes + bytes_of(fields)
    tell(fields[4])
  end
  last = member
end
return reply
