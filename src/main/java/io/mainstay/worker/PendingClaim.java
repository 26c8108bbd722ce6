package io.mainstay.worker;

import io.mainstay.job.HandlerName;
import io.mainstay.queue.ClaimRequest;
import java.util.Optional;

/**
 * A claim under way, or about to be repeated. It is repeated under its token, so that jobs leased by a claim whose answer
 * was lost are handed out by the repeat. A repeat may ask for fewer bytes, never for more: one that arrives late, when
 * another was answered already, would take jobs away from their workers. Loop only.
 */
final class PendingClaim {

    private static final int MOST_REFUSALS = 3;

    ClaimRequest request;
    /** The handler that it tries one job of, if it is held. */
    final Optional<HandlerName> probe;

    private final long firstSent = System.nanoTime();
    private int sendings;
    private int refusals;
    private long lastSent;
    /** Workers kept free for its jobs, for the first moment that it is under way. */
    int reserved;

    boolean underWay;

    PendingClaim(ClaimRequest request, Optional<HandlerName> probe) {
        this.request = request;
        this.probe = probe;
    }

    void sending(int reserving) {
        sendings++;
        lastSent = System.nanoTime();
        reserved = reserving;
        underWay = true;
    }

    /** Before it is sent again. */
    void shrinkTo(int bytes) {
        request = request.withBytes(Math.min(bytes, request.bytes()));
    }

    boolean repeated() {
        return sendings > 1;
    }

    /** Until when leases given by the latest sending surely hold; a repeat lets those of the first run on. */
    long leaseUntil() {
        return lastSent + request.lease().toNanos();
    }

    /**
     * Whether to send it again: until leases it may have given are over; and not for long if it is the request itself
     * that fails, or one poisoned answer would stop the queue.
     */
    boolean worthRepeating(Throwable failure) {
        if (!WorkerLoop.storeUnavailable(failure)) {
            refusals++;
        }
        return refusals < MOST_REFUSALS
                && System.nanoTime() - firstSent < request.lease().toNanos();
    }
}
