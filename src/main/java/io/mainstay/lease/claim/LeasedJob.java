package io.mainstay.lease.claim;

import io.mainstay.job.Job;
import io.mainstay.job.Lease;
import java.time.Duration;
import java.time.Instant;

/**
 * A job as it is handed out, and what is promised of its lease: never more than the store keeps.
 *
 * @param end time-out or deadline by the store's clock, whichever is first: nothing lasts longer
 * @param until when the lease ends, by the store's clock, unless it is extended
 * @param untilNanos the same by {@link System#nanoTime}, or earlier
 * @param shortened whether that is before its lease is over, as the job must end
 */
record LeasedJob(Job job, Batch batch, Instant end, Instant until, long untilNanos, boolean shortened) {

    /**
     * @param now of {@link System#nanoTime}
     * @param wallClock about the store's clock: only for jobs that an earlier request had started
     */
    static LeasedJob of(Job job, Batch batch, long now, Instant wallClock) {
        Instant startedAt = job.status().times().startedAt();
        Instant timeout = startedAt.plus(job.spec().timeout());
        Instant end = job.deadline().filter(timeout::isAfter).orElse(timeout);
        Instant leaseEnd = startedAt.plus(batch.lease());
        Instant until = leaseEnd.isBefore(end) ? leaseEnd : end;
        long byLease = batch.lastSent() + batch.lease().toNanos();
        // It did not start before it was claimed for the first time.
        long byEnd = batch.again()
                ? now + nanos(Duration.between(wallClock, end))
                : batch.firstSent() + nanos(Duration.between(startedAt, end));
        boolean shortened = byEnd - byLease < 0;
        return new LeasedJob(job, batch, end, until, shortened ? byEnd : byLease, shortened);
    }

    Lease lease() {
        return new Lease(job.id(), batch.token());
    }

    Duration remaining(long now) {
        return Duration.ofNanos(Math.max(0, untilNanos - now));
    }

    /** Within what can be counted in nanoseconds. */
    private static long nanos(Duration duration) {
        return Math.max(0, Math.min(duration.toMillis(), Duration.ofDays(366).toMillis())) * 1_000_000;
    }
}
