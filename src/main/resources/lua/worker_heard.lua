-- Notes down which workers were heard of, what they say of themselves, and which handlers they have.
-- KEYS     names, instances, remote workers, served, texts of what is served, handlers, meta of settings, what tokens have of names,
--          drains
-- ARGV     prefix of the workers' hashes, most workers of a kind, most texts, most handlers, for how many ms a handler is known, a token
--          of this change, how many characters of a name tokens have, '1' to tidy up, how many workers, then for each: kind, name, for how many ms it is
--          known, 0 if it has said that it goes, what it says of itself ('' if it only was heard of, by the end of its name perhaps), its
--          queues and handlers (commas within, a space between; '' likewise), 1 if it takes jobs, how many ms ago that was, its recoveries ('':
--          as before)
-- Changes  atomically: the hashes and ends of these workers, the ends of what remote ones serve, handlers as seen now (of an instance that is
--          known, with a tidying up only), their version if one is new or goes; with a tidying up, or if a worker is new or goes: strikes
--          off workers, texts and handlers that are over, and the oldest beyond the most
-- Returns  1
-- Repeat   safe: it sets the ends to the same distance from now
--#include time
--#include who_serves
--#include workers_over
local names, instances, remote, served = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local texts, handlers, meta, in_tokens, drains = KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local prefix, most, most_texts, most_handlers = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local handler_ms, change, longest = tonumber(ARGV[5]), ARGV[6], tonumber(ARGV[7])
local tidy, count = ARGV[8] == '1', tonumber(ARGV[9])
local now = now_ms()
local ends, changed, noted = { instance = instances, remote = remote }, false, {}

local function note_handlers(text)
  for handler in string.gmatch(noted[text] and '' or string.match(text, ' (.*)$'), '[^,]+') do
    changed = redis.call('ZADD', handlers, now, handler) == 1 or changed
  end
  noted[text] = true
end

-- What remote workers serve is kept once for all that serve the same.
local function serve(key, text, takes_jobs, valid_until)
  local digest = text ~= '' and redis.sha1hex(text) or redis.call('HGET', key, 'serves')
  if not digest then
    return
  end
  if text ~= '' then
    redis.call('HSET', key, 'serves', digest)
    redis.call('HSET', texts, digest, text)
  end
  if takes_jobs and redis.call('HEXISTS', texts, digest) == 1 then
    tidy = redis.call('ZADD', served, valid_until, digest) == 1 or tidy
  elseif tonumber(redis.call('ZSCORE', served, digest) or 0) < now then
    -- Served by nobody, and kept for as long as somebody who would is known.
    tidy = redis.call('ZADD', served, string.format('%.0f', now), digest) == 1 or tidy
  end
end

-- One that was heard of since it said so is still there.
local function goes(kind, name, at)
  tidy = true
  if tonumber(redis.pcall('HGET', prefix .. kind .. ' ' .. name, 'seen') or 0) <= at then
    redis.call('ZADD', ends[kind], 'XX', now, name)
    look_who_serves({ drains = drains, remote = remote, served = served, prefix = prefix }, name, now)
  end
end

local function is_there(kind, name, seen, valid_ms, said)
  local member = kind .. ' ' .. name
  local key = prefix .. member
  local is_new = tonumber(redis.call('ZSCORE', ends[kind], name) or 0) <= now
  if is_new then
    tidy = true
    redis.call('UNLINK', key)
    redis.call('HSET', key, 'since', string.format('%.0f', seen))
    redis.call('ZADD', names, 0, member)
  else
    -- Another instance may have heard of it later, and said so before.
    local before = tonumber(redis.call('HGET', key, 'seen') or 0)
    seen = before <= now and math.max(before, seen) or seen
  end
  redis.call('HSET', key, 'seen', string.format('%.0f', seen), unpack(said.says ~= '' and { 'says', said.says } or {}))
  if said.recoveries ~= '' then
    redis.call('HSET', key, 'recoveries', string.format('%.0f %s', now, said.recoveries))
  end
  redis.call('ZADD', ends[kind], seen + valid_ms, name)
  if said.text ~= '' and (tidy or kind == 'remote') then
    note_handlers(said.text)
  end
  if kind == 'remote' then
    serve(key, said.text, said.takes_jobs and not is_drained(drains, kind, name, now), seen + valid_ms)
  end
end

for i = 1, count do
  local at = 10 + (i - 1) * 8
  local kind, name, valid_ms, ago_ms = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2]), tonumber(ARGV[at + 6])
  local said = { says = ARGV[at + 3], text = ARGV[at + 4], takes_jobs = ARGV[at + 5] == '1', recoveries = ARGV[at + 7] }
  if said.says == '' then
    name = redis.call('HGET', in_tokens, name) or name
  elseif kind == 'remote' and #name > longest then
    redis.call('HSET', in_tokens, string.sub(name, -longest), name)
  end
  if valid_ms == 0 then
    goes(kind, name, now - ago_ms)
  else
    is_there(kind, name, now - ago_ms, valid_ms, said)
  end
end

if tidy or changed then
  strike_off_workers({ ends = ends, names = names, prefix = prefix, in_tokens = in_tokens, longest = longest }, now, most)
  strike_off_served(served, texts, now, most_texts)
  changed = #struck_off(handlers, now - handler_ms, most_handlers) > 0 or changed
end
if changed then
  redis.call('HSET', meta, 'known_handlers_version', change)
end
return 1
