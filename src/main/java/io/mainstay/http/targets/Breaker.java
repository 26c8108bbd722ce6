package io.mainstay.http.targets;

/**
 * Leaves a target alone that fails again and again: a circuit breaker. Times are of the monotonic clock, in ns. Not thread-safe.
 *
 * <p>It opens after so many failures in a row, for a pause that doubles with each probe that fails. Once the pause is over one request is
 * let through as a probe; its success closes it.
 *
 * <p>Rejected: the breaker of SmallRye Fault Tolerance. Claims must know whether a target may be tried without trying it, which it
 * does not tell, and a guard for each origin would stay forever under its name.
 */
final class Breaker {

    private final int limit;
    private final long firstPause;
    private final long longestPause;

    private int failures;
    private boolean open;
    private boolean probing;
    private long pause;
    private long openUntil;

    /** @param limit failures in a row; 0 never opens it */
    Breaker(int limit, long firstPause, long longestPause) {
        this.limit = limit;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether requests may be begun: any number, or one as a probe. */
    boolean admits(long now) {
        return !open || !probing && now - openUntil >= 0;
    }

    /** Of use while it is open. */
    long openUntil() {
        return openUntil;
    }

    /** @return whether this request is the probe */
    boolean begin() {
        probing |= open;
        return open;
    }

    void succeeded() {
        open = false;
        probing = false;
        failures = 0;
    }

    /** @return whether it opened by this */
    boolean failed(boolean probe, long now) {
        if (open) {
            // Of those that were under way when it opened nothing new is learnt.
            if (probe) {
                probing = false;
                pause = Math.min(longestPause, 2 * pause);
                openUntil = now + pause;
            }
            return false;
        }
        failures++;
        if (limit == 0 || failures < limit) {
            return false;
        }
        open = true;
        pause = firstPause;
        openUntil = now + pause;
        return true;
    }

    /** It was given up before anything was learnt: another one may be the probe. */
    void abandoned(boolean probe) {
        probing &= !probe;
    }
}
