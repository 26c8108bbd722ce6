package io.mainstay.telemetry;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDeath;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.attempt.StartedAttempt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times jobs. Called for every job of the instance, so an event costs a map look-up and a few additions;
 * meters are made when a queue is first seen. Canary jobs are none of anybody's business.
 */
@Singleton
class JobMeters implements JobObserver {

    private final Map<QueueName, QueueMeters> queues = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final QueueLabels labels;
    private final QueueMeters others;
    private final StartDelays delays;
    private final Timer run;
    private final Counter claims;
    private final Counter refused;
    private final Counter diverted;

    @Inject
    JobMeters(MeterRegistry registry, QueueLabels labels, TelemetryConfig config) {
        this(registry, labels, config.delayQueues());
    }

    /** @param delayQueues queues whose start delays are told apart */
    JobMeters(MeterRegistry registry, QueueLabels labels, int delayQueues) {
        this.registry = registry;
        this.labels = labels;
        this.others = QueueMeters.of(registry, QueueLabels.OTHER);
        this.delays = new StartDelays(registry, labels, delayQueues);
        this.run = timer("mainstay.job.run", "Time from claim to end of one attempt");
        this.claims = Counter.builder("mainstay.claims")
                .description("Claims answered, empty ones included")
                .register(registry);
        this.refused = Counter.builder("mainstay.completions.refused")
                .description("Reports refused because the lease was lost")
                .register(registry);
        this.diverted = Counter.builder("mainstay.jobs.diverted")
                .description("Jobs that went to the second store")
                .register(registry);
    }

    /** The first job of a watched queue that dies should be an increase, not a new series: {@code increase()} does not see those. */
    void start(@Observes StartupEvent event) {
        expectWatched();
    }

    void expectWatched() {
        for (QueueName queue : labels.watched()) {
            of(queue);
            Gauge.builder("mainstay.queue.watched", () -> 1)
                    .description("1 for each queue in which every dead job raises an alert")
                    .tag("queue", queue.value())
                    .register(registry);
        }
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
    public void leased(List<Job> jobs) {
        for (Job job : jobs) {
            if (!job.queue().isPrivate()) {
                StartedAttempt attempt = StartedAttempt.of(job);
                delays.record(job.queue().logical(), Duration.between(attempt.runAt(), attempt.startedAt()));
            }
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

    /** Reported ones were counted as finished. */
    @Override
    public void died(JobDeath death) {
        if (!death.queue().isPrivate() && !death.reported()) {
            of(death.queue()).finished().get(JobState.DEAD).increment();
        }
    }

    @Override
    public void cancelled(StartedAttempt attempt, Duration ran) {
        finished(attempt, JobState.CANCELLED, ran);
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
    }

    @Override
    public void refused(StartedAttempt attempt) {
        if (!attempt.queue().isPrivate()) {
            refused.increment();
        }
    }

    /** Looks which queues are the busiest. */
    void rank() {
        delays.rank();
    }

    /** Counts a queue no more; should it come back, it begins at zero. */
    void drop(QueueName queue) {
        delays.drop(queue);
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
                .serviceLevelObjectives(TimeBuckets.ALL)
                .register(registry);
    }
}
