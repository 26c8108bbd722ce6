package io.mainstay.telemetry;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.attempt.StartedAttempt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times jobs. Called for every job of the instance, so an event costs a map look-up and a few additions;
 * meters are made when a queue is first seen. Canary jobs are none of anybody's business.
 */
@Singleton
class JobMeters implements JobObserver {

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private final Map<QueueName, QueueMeters> queues = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final QueueLabels labels;
    private final QueueMeters others;
    private final Timer startDelay;
    private final Timer run;
    private final Counter claims;
    private final Counter refused;
    private final Counter diverted;

    JobMeters(MeterRegistry registry, QueueLabels labels) {
        this.registry = registry;
        this.labels = labels;
        this.others = QueueMeters.of(registry, QueueLabels.OTHER);
        this.startDelay = timer("mainstay.job.start.delay", "From due to claimed, by the store's clock, in whole ms");
        this.run = timer("mainstay.job.run", "From claimed to ended, one attempt");
        this.claims = Counter.builder("mainstay.claims")
                .description("Claims answered, empty ones included")
                .register(registry);
        this.refused = Counter.builder("mainstay.completions.refused")
                .description("Reports that came to nothing because the lease was lost")
                .register(registry);
        this.diverted = Counter.builder("mainstay.jobs.diverted")
                .description("Jobs that went to the second store")
                .register(registry);
    }

    @Override
    public void enqueued(Job job, boolean created) {
        if (created && job.queue().isInSecondStore()) {
            diverted.increment();
        }
        QueueMeters meters = of(job.queue());
        (created ? meters.created() : meters.existing()).increment();
    }

    @Override
    public void claimed(QueueName queue, int jobs) {
        if (queue.isPrivate()) {
            return;
        }
        claims.increment();
        if (jobs > 0) {
            of(queue).claimed().increment(jobs);
        }
    }

    @Override
    public void unclaimed(QueueName queue, Throwable failure) {
        if (!queue.isPrivate()) {
            of(queue).unclaimed().get(ClaimFailure.of(failure)).increment();
        }
    }

    @Override
    public void returned(QueueName queue, int attempts) {
        if (!queue.isPrivate()) {
            of(queue).returned().increment(attempts);
        }
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        if (!attempt.queue().isPrivate()) {
            ended(attempt, of(attempt.queue()).finished().get(became), ran);
        }
    }

    @Override
    public void snoozed(StartedAttempt attempt, Duration ran) {
        if (!attempt.queue().isPrivate()) {
            ended(attempt, of(attempt.queue()).snoozed(), ran);
        }
    }

    private void ended(StartedAttempt attempt, Counter counter, Duration ran) {
        if (counter != null) {
            counter.increment();
        }
        run.record(ran);
        Duration delay = Duration.between(attempt.runAt(), attempt.startedAt());
        startDelay.record(delay.isNegative() ? Duration.ZERO : delay);
    }

    @Override
    public void refused(StartedAttempt attempt) {
        if (!attempt.queue().isPrivate()) {
            refused.increment();
        }
    }

    /** Counts a queue no more; should it come back, it begins at zero. */
    void drop(QueueName queue) {
        QueueMeters meters = queues.remove(queue);
        if (meters != null) {
            meters.all().forEach(registry::remove);
        }
    }

    private QueueMeters of(QueueName place) {
        QueueName queue = place.logical();
        QueueMeters known = queues.get(queue);
        if (known != null) {
            return known;
        }
        return labels.isOwn(queue)
                ? queues.computeIfAbsent(queue, name -> QueueMeters.of(registry, name.value()))
                : others;
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
