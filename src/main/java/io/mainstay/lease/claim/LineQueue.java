package io.mainstay.lease.claim;

import io.mainstay.job.QueueName;
import io.mainstay.queue.Claimed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What a line knows of one of its queues: whether it may have due jobs, and the claims under way. Loop only.
 *
 * <p>The store tells of a queue only when there is something to start that was not there before. So that there may be jobs is forgotten only on an
 * answer that shows none left, of a claim that was sent after all that was heard.
 */
final class LineQueue {

    /** Claims at the same time while there are more jobs than one claim took. */
    private static final int MOST_CLAIMS = 4;
    /** Empty answers that say there is more are taken at their word this often; then it waits a little. */
    private static final int MOST_VAIN_CLAIMS = 20;

    private static final Duration REST_AFTER_VAIN_CLAIMS = Duration.ofMillis(10);
    private static final long FIRST_BACKOFF_MS = 20;
    private static final long LONGEST_BACKOFF_MS = 400;

    final QueueName name;
    final List<Claim> claims = new ArrayList<>(1);

    private final RandomGenerator random = new SplittableRandom();
    private boolean hinted;
    private long hintedAt;
    private boolean backlog;
    private int vainClaims;
    private int failures;
    private long notBefore;

    LineQueue(QueueName name, long now) {
        this.name = name;
        this.notBefore = now;
    }

    /**
     * There may be due jobs.
     *
     * @param at number of this event
     */
    void hint(long at) {
        hinted = true;
        hintedAt = at;
    }

    /** Whether there are no jobs in it, as far as is known. */
    boolean knownEmpty() {
        return !hinted && claims.isEmpty();
    }

    boolean claimable(long now) {
        int most = backlog && failures == 0 ? MOST_CLAIMS : 1;
        return hinted && now - notBefore >= 0 && claims.size() < most;
    }

    /** Whether one for it is under way, or to be repeated. */
    boolean claimsFor(Waiter waiter) {
        for (Claim claim : claims) {
            if (claim.waiter == waiter) {
                return true;
            }
        }
        return false;
    }

    /** @return how long to wait until the next claim; zero if it need not */
    Duration answered(Claim claim, Claimed claimed, long now) {
        claims.remove(claim);
        failures = 0;
        backlog = claimed.more();
        // A repeat answers for the past; it says nothing about the queue now.
        boolean seenEmpty = !claimed.more() && !claim.repeated();
        if (!seenEmpty) {
            hinted = true;
        } else if (hintedAt < claim.sentAt) {
            hinted = false;
        }
        vainClaims = claimed.jobs().isEmpty() && claimed.more() ? vainClaims + 1 : 0;
        return vainClaims < MOST_VAIN_CLAIMS ? Duration.ZERO : rest(REST_AFTER_VAIN_CLAIMS, now);
    }

    /** @return how long to wait until the next try */
    Duration failed(long now) {
        failures++;
        long ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS << Math.min(failures - 1, 10));
        return rest(Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1)), now);
    }

    private Duration rest(Duration wait, long now) {
        notBefore = now + wait.toNanos();
        return wait;
    }
}
