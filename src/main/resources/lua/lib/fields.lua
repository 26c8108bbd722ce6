-- Names of fields of a job's hash, as short as can be where every job has them: they are most of what a small job weighs.
-- JobField has the same. All others are named as they are called, see docs/redis-model.md.
local SPEC, SEQ, TOKEN = 's', 'q', 't'
local ATTEMPT, CLAIMS = 'a', 'c'
-- Of mirrored queues: see outbox.lua.
local VERSION = 'v'
local ENQUEUED_AT, RUN_AT, STARTED_AT, FINISHED_AT = 'e', 'd', 'b', 'f'
