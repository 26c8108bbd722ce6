package io.mainstay.queue;

/**
 * Faults in the workers of this instance, counted since its start.
 *
 * @param unexpected unexpected exceptions; each was caught and the work continued
 * @param failedCalls claims, reports and extensions the store did not answer; each was sent again or given up
 * @param timeouts attempts stopped because they ran too long
 * @param lostLeases attempts stopped because their lease was lost
 * @param refused results that came to nothing because the lease was lost: refused by the store or not sent any more
 * @param abandoned reports given up because the store did not take them until the lease ended; the job runs again
 */
public record WorkerTroubles(
        long unexpected, long failedCalls, long timeouts, long lostLeases, long refused, long abandoned) {

    public static final WorkerTroubles NONE = new WorkerTroubles(0, 0, 0, 0, 0, 0);
}
