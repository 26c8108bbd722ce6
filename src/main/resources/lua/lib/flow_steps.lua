-- What a flow knows of a job that has not ended, and what it wishes. 'to-': nobody has said yet that it is so.
local WISH = { ['to-block'] = 'wait', blocked = 'wait', ['to-run'] = 'run', run = 'run', ['to-cancel'] = 'cancel' }

-- {id of the job, wish, definition, start and spec}; nil if there is nothing to do about the job any more.
local function step_of(flow, id, index)
  local node = redis.call('HMGET', flow, 's:' .. index, 'd:' .. index, 'j:' .. index)
  local wish = node[1] and WISH[node[1]]
  return wish and { id, wish, node[2], node[3] }
end
