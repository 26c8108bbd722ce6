package io.mainstay.queue;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.route.Served;
import java.time.Duration;
import java.util.Objects;

/**
 * Asks for due jobs.
 *
 * @param queue to claim from
 * @param claimant who asks; one claimant has one claim per queue under way at a time
 * @param token fences the jobs of this claim; new for each claim, kept when a claim is repeated
 * @param max most jobs to lease, 0 for a sweep alone
 * @param bytes most bytes of jobs to lease: of their payloads, specs and errors as the store keeps them; one job comes
 *     whatever its size
 * @param lease how long the leases last, more than zero
 * @param served which jobs it takes: of others none is looked at
 */
public record ClaimRequest(
        QueueName queue, String claimant, String token, int max, int bytes, Duration lease, Served served) {

    /** Most jobs one claim may ask for: bounds the time the script holds Redis. */
    public static final int MOST = 1000;

    /** Most bytes of jobs one claim may ask for: a tenth of a second at 10 MB/s. */
    public static final int MOST_BYTES = (int) CallSize.MOST_BYTES;

    public ClaimRequest {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(claimant, "claimant");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(served, "served");
        Bounds.between("max", max, 0, MOST);
        Bounds.between("bytes", bytes, 1, MOST_BYTES);
        if (lease == null || lease.toMillis() <= 0) {
            throw new InvalidValueException("lease", lease, "more than PT0S");
        }
    }

    /** Asks for as many bytes as a claim may. */
    public ClaimRequest(QueueName queue, String claimant, String token, int max, Duration lease, Served served) {
        this(queue, claimant, token, max, MOST_BYTES, lease, served);
    }

    /** Takes nothing: a sweep alone. */
    public static ClaimRequest sweep(QueueName queue, String claimant, String token) {
        return new ClaimRequest(queue, claimant, token, 0, Duration.ofSeconds(1), Served.NOTHING);
    }

    /** The same claim, sent again for less: it gets the first of the same jobs, the rest goes back. */
    public ClaimRequest withBytes(int fewer) {
        return new ClaimRequest(queue, claimant, token, max, fewer, lease, served);
    }
}
