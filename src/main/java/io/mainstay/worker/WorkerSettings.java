package io.mainstay.worker;

import io.mainstay.job.InvalidValueException;
import java.time.Duration;

/**
 * The configuration of the workers, checked.
 *
 * @param concurrency jobs at the same time
 * @param queues what is served
 * @param lease length of a lease
 * @param poll time between two looks at every queue
 * @param grace how long running jobs may go on at shutdown
 * @param outcomes what outcomes of handlers are held to
 */
record WorkerSettings(
        int concurrency, QueueWeights queues, Duration lease, PollTimes poll, Duration grace, OutcomeLimits outcomes) {

    private static final int MOST_CONCURRENCY = 10_000;
    private static final Duration FASTEST_POLL = Duration.ofMillis(20);
    private static final Duration SLOWEST_POLL = Duration.ofMinutes(1);

    WorkerSettings {
        if (concurrency < 1 || concurrency > MOST_CONCURRENCY) {
            throw new InvalidValueException(
                    "mainstay.worker.concurrency", concurrency, "between 1 and " + MOST_CONCURRENCY);
        }
        check("mainstay.lease.duration", lease, Duration.ofSeconds(1), Duration.ofMinutes(10));
        check("mainstay.poll.interval", poll.slow(), FASTEST_POLL, SLOWEST_POLL);
        check("mainstay.poll.fast-interval", poll.fast(), FASTEST_POLL, SLOWEST_POLL);
        check("mainstay.worker.grace-period", grace, Duration.ZERO, Duration.ofHours(1));
    }

    static WorkerSettings of(
            WorkerConfig worker, LeaseConfig lease, PollConfig poll, QueueWeights queues, OutcomeLimits outcomes) {
        return new WorkerSettings(
                worker.concurrency(),
                queues,
                lease.duration(),
                new PollTimes(poll.interval(), poll.fastInterval()),
                worker.gracePeriod(),
                outcomes);
    }

    private static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(key, value, "between " + least + " and " + most);
        }
    }
}
