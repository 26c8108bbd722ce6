-- Stops or resumes the jobs of one handler in a queue.
-- KEYS     meta, running
-- ARGV     handler, 1 to stop, 0 to resume, most handlers that may be stopped, job key prefix, wake-up channel, queue
--          name
-- Changes  the list of stopped handlers, when one is resumed the queue's entry in next; claims put jobs of these aside as
--          they come to them, and back in line when they
--          are resumed; running only seemingly, see when_full.lua
-- Returns  1, or 0 if too many are stopped
-- Repeat   safe: it changes the list again
--#include names
--#include when_full
--#include keys
--#include wake
local meta, running = KEYS[1], KEYS[2]
local handler, stop, most, prefix = ARGV[1], ARGV[2] == '1', tonumber(ARGV[3]), ARGV[4]
local channel, queue = ARGV[5], ARGV[6]
go_on_when_full(running)

local lists = redis.call('HMGET', meta, 'paused_handlers', 'resuming')
local paused, resuming = names_without(lists[1] or ' ', handler), names_without(lists[2] or ' ', handler)
if stop then
  local _, count = string.gsub(paused, '%S+', '')
  if count >= most then
    return 0
  end
  paused = paused .. handler .. ' '
elseif redis.call('EXISTS', base_of(prefix) .. 'parked:' .. handler) == 1 then
  resuming = resuming .. handler .. ' '
end
set_names(meta, 'paused_handlers', paused)
set_names(meta, 'resuming', resuming)
if not stop then
  wake(base_of(prefix), channel, queue)
end
return 1
