package io.mainstay.queue;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The limits of a queue of the in-memory store, and what of its rates is used up. */
final class TwinLimits {

    private final Map<JobId, TwinJob> jobs;
    private final TwinBucket bucket = new TwinBucket();
    private final Map<String, TwinBucket> buckets = new HashMap<>();

    private QueueLimits limits = QueueLimits.NONE.withMaxWaiting(InMemoryJobStore.MAX_WAITING);

    TwinLimits(Map<JobId, TwinJob> jobs) {
        this.jobs = jobs;
    }

    QueueLimits get() {
        return limits;
    }

    void set(QueueLimits changed) {
        limits = changed;
    }

    /** How many jobs may start now. */
    int room(Instant now) {
        return Math.min(
                free(), limits.rate().map(rate -> bucket.tokens(rate, now)).orElse(Integer.MAX_VALUE));
    }

    /** How many more jobs may run; fewer than none if the limit was lowered since. */
    int free() {
        int running = (int) jobs.values().stream()
                .filter(job -> job.state() == JobState.RUNNING)
                .count();
        return limits.concurrency().orElse(Integer.MAX_VALUE) - running;
    }

    boolean allRun() {
        return free() <= 0;
    }

    boolean rateIsUsedUp(Instant now) {
        return limits.rate().filter(rate -> bucket.tokens(rate, now) < 1).isPresent();
    }

    /** When the rate of the queue allows a start, if it allows none now. */
    Optional<Instant> nextToken(Instant now) {
        return limits.rate().filter(rate -> rateIsUsedUp(now)).map(rate -> bucket.next(rate, now));
    }

    /** How many jobs of a line may start now, by the rate of groups. */
    int tokens(String line, Instant now) {
        return line.equals(TwinLines.PLAIN)
                ? Integer.MAX_VALUE
                : limits.groupRate().map(rate -> bucket(line).tokens(rate, now)).orElse(Integer.MAX_VALUE);
    }

    /** When the rate of groups allows one to start a job, which it does not now. */
    Instant nextToken(String group, Instant now) {
        return bucket(group).next(limits.groupRate().orElseThrow(), now);
    }

    /** Jobs of a line were started, or were not after all. */
    void use(String line, int count, Instant now) {
        limits.rate().ifPresent(rate -> bucket.take(rate, count, now));
        if (!line.equals(TwinLines.PLAIN)) {
            limits.groupRate().ifPresent(rate -> bucket(line).take(rate, count, now));
        }
    }

    private TwinBucket bucket(String group) {
        return buckets.computeIfAbsent(group, unknown -> new TwinBucket());
    }
}
