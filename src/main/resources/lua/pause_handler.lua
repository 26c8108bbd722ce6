-- Stops or resumes the jobs of one handler in a queue: claims take none of its lines.
-- KEYS     meta, running
-- ARGV     handler, 1 to stop, 0 to resume, most handlers that may be stopped, job key prefix, wake-up channel, queue
--          name
-- Changes  the list of stopped handlers; the version of what is set, see setting_changed.lua; when one is resumed, the queue's entry in next; running only seemingly, see when_full.lua
-- Returns  1, or 0 if too many are stopped
-- Repeat   safe: it changes the list again
--#include names
--#include when_full
--#include keys
--#include startable
--#include wake
--#include setting_changed
local meta, running = KEYS[1], KEYS[2]
local handler, stop, most, prefix = ARGV[1], ARGV[2] == '1', tonumber(ARGV[3]), ARGV[4]
local channel, queue = ARGV[5], ARGV[6]
go_on_when_full(running)

local paused = names_without(redis.call('HGET', meta, 'paused_handlers') or ' ', handler)
if stop then
  local _, count = string.gsub(paused, '%S+', '')
  if count >= most then
    return 0
  end
  paused = paused .. handler .. ' '
end
set_names(meta, 'paused_handlers', paused)
setting_changed(meta)
local base = base_of(prefix)
if not stop and startable_now(base)[handler] then
  wake(base, channel, queue, { handler })
end
return 1
