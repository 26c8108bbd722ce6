-- What a job was asked to be: the field SPEC, as SpecText writes it. Nothing else takes it apart. Five words with a space
-- between, each with what belongs to it behind it:
--   priority   4, of a group 4~<group>, or 4=<group> if the job keeps the group's order
--   attempts   how many at most
--   time-out   in ms; then /<ms> to be started in after it was due; then !<ms since 1970> or !+<ms after the enqueue> to be done by
--   backoff    of no use to scripts
--   handler    then ><target> where its work goes; then @<trace>; then ^<until>,<on conflict>,<unique key>
-- Most jobs have the same first four words: '=' stands for them, and for the space behind them.
local SHORT, MOST_COMMON = 61, '4 10 300000 e:1000:3600000 '

local function in_full(spec)
  return string.byte(spec) == SHORT and MOST_COMMON .. string.sub(spec, 2) or spec
end

-- Priority and most attempts; then, if it has a group, '~' or '=' (it keeps the order), and the group. Nil if it cannot be read.
local function priority_and_attempts(spec)
  spec = in_full(spec or '')
  local priority, attempts = string.match(spec, '^(%d) (%d+) ')
  if priority then
    return tonumber(priority), tonumber(attempts)
  end
  local mark, group
  priority, mark, group, attempts = string.match(spec, '^(%d)([~=])(%S+) (%d+) ')
  return tonumber(priority), tonumber(attempts), mark, group
end

-- '~' or '=', and the group; nil if it has none.
local function group_of(spec)
  return string.match(spec or '', '^%d([~=])(%S+) %d+ ')
end

-- Nil if it cannot be read.
local function handler_of(spec)
  return string.match(in_full(spec), '^%S+ %S+ %S+ %S+ ([^ >@^]+)')
end

-- By what the job lies in lines: its handler, and '>' and the target behind it if it has one. Nil if it cannot be read.
local function route_of(spec)
  return string.match(in_full(spec or ''), '^%S+ %S+ %S+ %S+ ([^ @^]+)')
end

-- Until when the unique key is held, what becomes of a conflict, the key. Nil if there is none.
local function unique_key(spec)
  return string.match(in_full(spec), '^%S+ %S+ %S+ %S+ [^ ^]+%^(%w+),(%w+),(%S+)$')
end

-- In how many ms after it was due the job is to be started, or nil; whether its deadline counts from the enqueue ('+', else
-- ''), and the deadline in ms, or nil.
local function time_limits(spec)
  -- Most jobs have none, and this is seen sooner.
  local limits = string.byte(spec) ~= SHORT and string.match(spec, '^%S+ %d+ %d+([/!]%S+) ')
  if limits then
    return string.match(limits, '^/(%d+)'), string.match(limits, '!(%+?)(%d+)$')
  end
end

-- The same with another priority, of a job that keeps no order.
local function with_priority(spec, priority)
  local full = priority .. string.sub(in_full(spec), 2)
  local common = string.sub(full, 1, #MOST_COMMON) == MOST_COMMON
  return common and string.char(SHORT) .. string.sub(full, #MOST_COMMON + 1) or full
end
