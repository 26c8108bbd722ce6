package io.mainstay.redis.store;

/** Fields of a schedule's hash, in the order of SCHEDULE_FIELDS in lib/schedule.lua. */
enum ScheduleField {
    TIMING,
    MISFIRE,
    QUEUE,
    DURABILITY,
    JOB,
    PAUSED,
    NEXT,
    LAST_RUN,
    LAST_JOB,
    CREATED_AT,
    UPDATED_AT,
    EPOCH,
    REWINDS
}
