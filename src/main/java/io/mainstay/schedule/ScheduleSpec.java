package io.mainstay.schedule;

import io.mainstay.job.Durability;
import io.mainstay.job.JobSpec;
import io.mainstay.job.QueueName;
import java.util.Objects;

/**
 * What a caller wants of a schedule.
 *
 * @param queue where its jobs go
 * @param job what each run does
 * @param durability of its jobs
 */
public record ScheduleSpec(Timing timing, Misfire misfire, QueueName queue, JobSpec job, Durability durability) {

    public ScheduleSpec {
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(misfire, "misfire");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(durability, "durability");
    }
}
