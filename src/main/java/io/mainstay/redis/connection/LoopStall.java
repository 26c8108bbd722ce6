package io.mainstay.redis.connection;

/**
 * Notices that an event loop was blocked: then what came in meanwhile lies unread, as when a service starts, and silence says
 * nothing yet. Confined to the loop.
 */
final class LoopStall {

    private final long longest;
    private long checkedAt = System.nanoTime();
    private boolean stalled;

    /** @param longest nanoseconds between two checks of a loop that is not blocked */
    LoopStall(long longest) {
        this.longest = longest;
    }

    /** Whether the loop was blocked until now. Not twice on end, for a loop that is always late would never find out. */
    boolean over(long now) {
        stalled = !stalled && now - checkedAt > longest;
        checkedAt = now;
        return stalled;
    }
}
