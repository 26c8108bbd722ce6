package io.mainstay.schedule;

import io.mainstay.job.QueueName;
import io.mainstay.rest.job.JobRequest;
import java.time.ZoneId;

/** Body of a wish for a schedule, each value well-formed; what may be left out and was is null. */
record ScheduleRequest(
        String cron,
        ZoneId timeZone,
        Timing.Gap gap,
        Timing.Overlap overlap,
        Misfire misfire,
        QueueName queue,
        JobRequest job) {}
