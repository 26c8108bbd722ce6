package io.mainstay.lease.claim;

import io.mainstay.job.Job;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.List;

/**
 * Jobs of one claim.
 *
 * @param token of their leases
 * @param lease its length
 * @param firstSent when the claim was sent for the first time, in nanoseconds: no job of it started before that, unless it is again
 * @param lastSent when it was sent last: leases last for their length from then on, at least
 * @param again whether an earlier request had them
 */
record Batch(
        QueueName queue, String token, List<Job> jobs, Duration lease, long firstSent, long lastSent, boolean again) {

    Batch {
        jobs = List.copyOf(jobs);
    }

    List<Lease> leases() {
        return jobs.stream().map(job -> new Lease(job.id(), token)).toList();
    }

    /** About how many bytes its jobs have. */
    long bytes() {
        return jobs.stream().mapToLong(JobBytes::of).sum();
    }

    Batch first(int most) {
        return with(jobs.subList(0, Math.min(most, jobs.size())));
    }

    Batch after(int first) {
        return with(jobs.subList(Math.min(first, jobs.size()), jobs.size()));
    }

    private Batch with(List<Job> some) {
        return new Batch(queue, token, some, lease, firstSent, lastSent, again);
    }
}
