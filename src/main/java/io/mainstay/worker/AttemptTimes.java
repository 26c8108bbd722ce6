package io.mainstay.worker;

import io.mainstay.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** When an attempt began and when it must be over, by the local monotonic clock. What handlers can touch is volatile, the rest is the loop's. */
final class AttemptTimes {

    private static final long FAR_AWAY = TimeUnit.DAYS.toNanos(1000);

    private long startedAt = System.nanoTime();
    private long timeout = startedAt + FAR_AWAY;
    /** By which not only this attempt must be over. */
    private final long jobsDeadline;
    /** How long it may continue after its time-out. */
    private volatile long beyondTimeout;

    AttemptTimes(Job job) {
        this.jobsDeadline = job.deadline()
                .map(until -> startedAt + between(job.status().times().startedAt(), until))
                .orElse(startedAt + FAR_AWAY);
    }

    void begin(Duration mostTime) {
        startedAt = System.nanoTime();
        timeout = startedAt + nanos(mostTime);
    }

    void outlastTimeout(Duration by) {
        beyondTimeout = Math.max(0, nanos(by));
    }

    Duration ran() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    boolean runsFor(long age, long now) {
        return now - startedAt >= age;
    }

    /** Whether it must be over, be it by its time-out or by the job's deadline. */
    boolean over(long now) {
        return now - timeout >= beyondTimeout || pastJobsDeadline(now);
    }

    boolean pastJobsDeadline(long now) {
        return now - jobsDeadline >= 0;
    }

    /** Until its time-out or the job's deadline. */
    Duration left() {
        long now = System.nanoTime();
        return Duration.ofNanos(Math.max(0, Math.min(timeout - now, jobsDeadline - now)));
    }

    /** Both are of the store's clock, and the attempt begins when it was claimed, or a little later. */
    private static long between(Instant claimedAt, Instant until) {
        return nanos(Duration.between(claimedAt, until));
    }

    private static long nanos(Duration duration) {
        return Math.min(FAR_AWAY, TimeUnit.NANOSECONDS.convert(duration));
    }
}
