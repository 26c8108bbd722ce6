package io.mainstay.telemetry;

import io.mainstay.job.JobState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/**
 * The counters of one queue, looked up in the registry once.
 *
 * @param created jobs accepted
 * @param existing enqueues that met a job with the same id
 * @param claimed jobs leased
 * @param finished attempts ended, by what the job became
 */
record QueueMeters(Counter created, Counter existing, Counter claimed, Map<JobState, Counter> finished) {

    static QueueMeters of(MeterRegistry registry, String queue) {
        Map<JobState, Counter> finished = new EnumMap<>(JobState.class);
        for (JobState became : JobState.values()) {
            if (became != JobState.RUNNING) {
                finished.put(became, finished(registry, queue, became));
            }
        }
        return new QueueMeters(
                enqueued(registry, queue, true),
                enqueued(registry, queue, false),
                Counter.builder("mainstay.jobs.claimed")
                        .description("Jobs leased to workers of this instance")
                        .tag("queue", queue)
                        .register(registry),
                finished);
    }

    private static Counter enqueued(MeterRegistry registry, String queue, boolean created) {
        return Counter.builder("mainstay.jobs.enqueued")
                .description("Enqueues acknowledged; created is false where the job was there already")
                .tag("queue", queue)
                .tag("created", Boolean.toString(created))
                .register(registry);
    }

    private static Counter finished(MeterRegistry registry, String queue, JobState became) {
        return Counter.builder("mainstay.jobs.finished")
                .description("Attempts ended on this instance, by what came of them")
                .tag("queue", queue)
                .tag("outcome", outcome(became))
                .register(registry);
    }

    private static String outcome(JobState became) {
        if (became == JobState.SCHEDULED) {
            return "retried";
        }
        return became == JobState.READY ? "released" : became.wireName();
    }
}
