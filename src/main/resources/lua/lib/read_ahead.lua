-- Payloads of the jobs that a claim takes.
-- One command that reads the payloads of several jobs costs less than one for each. Not of all that were taken, for only some of them
-- may have room in the answer.
local READ_AHEAD = 32
-- Payloads; of which of the jobs taken, from which on.
local ahead, ahead_of, ahead_from = {}, nil, 0

-- Of the job at i of those taken from a line (see take.lua); false if there is none that can be read.
local function payload_of_taken(claim, popped, i)
  local payload = ahead[(i - ahead_from) / 2 + 1]
  if ahead_of ~= popped or payload == nil then
    local keys = {}
    for j = i, math.min(i + 2 * READ_AHEAD - 2, #popped), 2 do
      keys[#keys + 1] = claim.payload_prefix .. popped[j]
    end
    ahead, ahead_of, ahead_from = redis.call('MGET', unpack(keys)), popped, i
    payload = ahead[1]
  end
  return payload
end
