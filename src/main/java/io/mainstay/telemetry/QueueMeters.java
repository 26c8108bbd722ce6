package io.mainstay.telemetry;

import io.mainstay.job.JobState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The counters of one queue, looked up in the registry once.
 *
 * @param created jobs accepted
 * @param existing enqueues that met a job with the same id
 * @param claimed jobs leased
 * @param unclaimed claims that failed, by why
 * @param returned attempts given back because no worker is known to have received the job
 * @param finished attempts ended, by what the job became
 * @param snoozed attempts ended because the job wants to be run again later
 */
record QueueMeters(
        Counter created,
        Counter existing,
        Counter claimed,
        Map<ClaimFailure, Counter> unclaimed,
        Counter returned,
        Map<JobState, Counter> finished,
        Counter snoozed) {

    static QueueMeters of(MeterRegistry registry, String queue) {
        Map<JobState, Counter> finished = new EnumMap<>(JobState.class);
        for (JobState became : JobState.values()) {
            if (became != JobState.RUNNING && became != JobState.BLOCKED) {
                finished.put(became, finished(registry, queue, outcome(became)));
            }
        }
        Map<ClaimFailure, Counter> unclaimed = new EnumMap<>(ClaimFailure.class);
        for (ClaimFailure why : ClaimFailure.values()) {
            unclaimed.put(why, unclaimed(registry, queue, why));
        }
        return new QueueMeters(
                enqueued(registry, queue, true),
                enqueued(registry, queue, false),
                Counter.builder("mainstay.jobs.claimed")
                        .description("Jobs leased to workers of this instance")
                        .tag("queue", queue)
                        .register(registry),
                unclaimed,
                Counter.builder("mainstay.attempts.returned")
                        .description(
                                "Leases that ended before any worker was known to have received the job; not counted as attempts")
                        .tag("queue", queue)
                        .register(registry),
                finished,
                finished(registry, queue, "snoozed"));
    }

    Stream<Counter> all() {
        return Stream.of(
                        Stream.of(created, existing, claimed, returned, snoozed),
                        unclaimed.values().stream(),
                        finished.values().stream())
                .flatMap(Function.identity());
    }

    private static Counter enqueued(MeterRegistry registry, String queue, boolean created) {
        return Counter.builder("mainstay.jobs.enqueued")
                .description("Acknowledged enqueues; created is false if the job existed already")
                .tag("queue", queue)
                .tag("created", Boolean.toString(created))
                .register(registry);
    }

    private static Counter unclaimed(MeterRegistry registry, String queue, ClaimFailure why) {
        return Counter.builder("mainstay.claims.failed")
                .description("Claims that got no answer, or were refused")
                .tag("queue", queue)
                .tag("reason", why.label())
                .register(registry);
    }

    private static Counter finished(MeterRegistry registry, String queue, String outcome) {
        return Counter.builder("mainstay.jobs.finished")
                .description("Attempts ended on this instance, by outcome")
                .tag("queue", queue)
                .tag("outcome", outcome)
                .register(registry);
    }

    private static String outcome(JobState became) {
        if (became == JobState.SCHEDULED) {
            return "retried";
        }
        return became == JobState.READY ? "released" : became.wireName();
    }
}
