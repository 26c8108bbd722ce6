package io.mainstay.schedule;

import io.mainstay.job.Durability;
import io.mainstay.job.JobSpec;
import io.mainstay.job.QueueName;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A schedule as a caller describes it, its cron expression not yet read.
 *
 * @param gap empty for what fits the expression
 * @param overlap empty for what fits the expression
 */
record ScheduleDraft(
        String cron,
        ZoneId zone,
        Optional<Timing.Gap> gap,
        Optional<Timing.Overlap> overlap,
        Misfire misfire,
        QueueName queue,
        JobSpec job,
        Durability durability) {}
