package io.mainstay.queue;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.Objects;

/**
 * Asks for due jobs.
 *
 * @param queue to claim from
 * @param claimant who asks; one claimant has one claim per queue under way at a time
 * @param token fences the jobs of this claim; made anew for each claim, kept when a claim is repeated
 * @param max most jobs to lease, 0 for a sweep alone
 * @param lease how long the leases last, more than zero
 */
public record ClaimRequest(QueueName queue, String claimant, String token, int max, Duration lease) {

    /** Most jobs one claim may ask for: bounds the time the script holds Redis. */
    public static final int MOST = 1000;

    public ClaimRequest {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(claimant, "claimant");
        Objects.requireNonNull(token, "token");
        if (max < 0 || max > MOST) {
            throw new InvalidValueException("max", max, "between 0 and " + MOST);
        }
        if (lease == null || lease.toMillis() <= 0) {
            throw new InvalidValueException("lease", lease, "more than PT0S");
        }
    }
}
