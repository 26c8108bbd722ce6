package io.mainstay.worker;

import io.mainstay.job.InvalidValueException;
import java.time.Duration;

/**
 * The configuration of the workers, checked.
 *
 * @param concurrency jobs at the same time
 * @param queues what is served
 * @param lease length of a lease
 * @param poll time between two looks at a queue
 * @param grace how long running jobs may go on at shutdown
 * @param maxResult largest result of a job, in bytes of its JSON text
 */
record WorkerSettings(
        int concurrency, QueueWeights queues, Duration lease, Duration poll, Duration grace, long maxResult) {

    private static final int MOST_CONCURRENCY = 10_000;

    WorkerSettings {
        if (concurrency < 1 || concurrency > MOST_CONCURRENCY) {
            throw new InvalidValueException(
                    "mainstay.worker.concurrency", concurrency, "between 1 and " + MOST_CONCURRENCY);
        }
        check("mainstay.lease.duration", lease, Duration.ofSeconds(1), Duration.ofMinutes(10));
        check("mainstay.poll.interval", poll, Duration.ofMillis(20), Duration.ofMinutes(1));
        check("mainstay.worker.grace-period", grace, Duration.ZERO, Duration.ofHours(1));
    }

    static WorkerSettings of(WorkerConfig worker, LeaseConfig lease, PollConfig poll, long maxResult) {
        QueueWeights queues = worker.queues().map(QueueWeights::parse).orElse(QueueWeights.ALL);
        return new WorkerSettings(
                worker.concurrency(), queues, lease.duration(), poll.interval(), worker.gracePeriod(), maxResult);
    }

    private static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(key, value, "between " + least + " and " + most);
        }
    }
}
