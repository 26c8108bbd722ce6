package io.mainstay.lease.claim;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.StoreRefusedException;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.ClaimRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * A claim under way, or about to be repeated: under its claimant and token, so that jobs leased by one whose answer was lost are in the answer
 * of its repeat. Loop only.
 */
final class Claim {

    private static final int MOST_REFUSALS = 3;

    final LineQueue queue;
    /** For whom it is made, while it wants it. */
    final Waiter waiter;
    /** Number of what happened before it was sent, see {@link Waiters}. */
    final long sentAt;

    /** The handler that it tries one job of, if it is held. */
    final Optional<HandlerName> probe;

    ClaimRequest request;
    /** Whether its waiter does not wait for it any more before it asks elsewhere. */
    boolean slow;

    private final long firstSent;
    private long lastSent;
    private int sendings;
    private int refusals;

    Claim(LineQueue queue, Waiter waiter, ClaimRequest request, Optional<HandlerName> probe, long sentAt, long now) {
        this.queue = queue;
        this.waiter = waiter;
        this.request = request;
        this.probe = probe;
        this.sentAt = sentAt;
        this.firstSent = now;
    }

    void sending(long now) {
        sendings++;
        lastSent = now;
    }

    boolean repeated() {
        return sendings > 1;
    }

    /** Until its leases may be over; and not for long if it is the request itself that fails. */
    boolean worthRepeating(Throwable failure, long now) {
        if (!unavailable(failure)) {
            refusals++;
        }
        return refusals < MOST_REFUSALS && now - firstSent < request.lease().toNanos();
    }

    /** It may be that so much does not arrive. */
    void askForLess() {
        request = request.withBytes(Math.max(1, request.bytes() / 2));
    }

    Batch batch(List<Job> jobs) {
        return new Batch(request.queue(), request.token(), jobs, request.lease(), firstSent, lastSent, false);
    }

    private static boolean unavailable(Throwable failure) {
        return failure instanceof StoreUnavailableException
                || failure instanceof StoreRefusedException
                || failure instanceof TimeoutException;
    }
}
