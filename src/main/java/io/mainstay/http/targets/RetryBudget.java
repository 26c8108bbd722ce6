package io.mainstay.http.targets;

/**
 * Keeps retries from multiplying the load of a target that fails now and then. Requests earn a part of a retry each, and a second earns
 * one; a retry beyond what was earned waits for its turn among those of the next minute. Times are of the monotonic clock, in ns. Not
 * thread-safe.
 */
final class RetryBudget {

    private static final double NANOS = 1e9;
    private static final double MOST = 100;
    private static final double DEEPEST = -60;

    private final double earned;
    private double there = MOST;
    private long at;

    /** @param percent of requests that may be repeated; 100 does not count */
    RetryBudget(int percent, long now) {
        this.earned = percent / 100.0;
        this.at = now;
    }

    void requested() {
        there = Math.min(MOST, there + earned);
    }

    /** How long, in ns, the retry of a request that failed now must wait at least. */
    long take(long now) {
        if (earned >= 1) {
            return 0;
        }
        there = Math.max(DEEPEST, Math.min(MOST, there + (now - at) / NANOS) - 1);
        at = now;
        return there >= 0 ? 0 : (long) (-there * NANOS);
    }
}
