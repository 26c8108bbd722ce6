package io.mainstay.queue;

import io.mainstay.job.Job;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Answer to a claim.
 *
 * @param jobs leased now, all under the token of the request, best first
 * @param more whether due jobs remain that the claimant could take
 * @param nextDue how long until the queue changes by itself: its next scheduled job is due or its next lease ends; empty
 *     if there is none of either
 * @param returned how many leases the sweep found over whose jobs no worker is known to have received; those attempts were
 *     given back
 * @param died jobs that the claim ended as dead: their leases ran out, or it is too late for them; not told again if the claim is repeated
 * @param unwanted whether, where there are no more, due jobs were left behind as their targets have no room
 */
public record Claimed(
        List<Job> jobs, boolean more, Optional<Duration> nextDue, int returned, List<JobDeath> died, boolean unwanted) {

    public Claimed {
        jobs = List.copyOf(jobs);
        died = List.copyOf(died);
    }

    /** One whose sweep gave no attempt back and ended no job. */
    public Claimed(List<Job> jobs, boolean more, Optional<Duration> nextDue) {
        this(jobs, more, nextDue, 0, List.of(), false);
    }
}
