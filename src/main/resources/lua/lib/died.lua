-- Jobs that ended as dead in a claim: nobody reported on them. For its answer: id, handler, attempt, and kind of error of each.
--#include spec
local function died(claim, id, spec, attempt, kind)
  claim.died = claim.died or {}
  local all = claim.died
  all[#all + 1], all[#all + 2], all[#all + 3], all[#all + 4] = id, spec and handler_of(spec) or 'unreadable', attempt, kind
end
