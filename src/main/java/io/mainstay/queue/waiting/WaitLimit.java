package io.mainstay.queue.waiting;

/** Counts requests that wait, and what they hold in memory meanwhile. Thread-safe. */
final class WaitLimit {

    /** Payloads of the requests that wait; a small payload hardly counts, so the number of requests binds first. */
    static final long MOST_BYTES = 16L * 1024 * 1024;

    private final int mostRequests;
    private int requests;
    private long bytes;

    WaitLimit(int mostRequests) {
        this.mostRequests = mostRequests;
    }

    /** @return whether there was room */
    synchronized boolean enter(long held) {
        if (requests >= mostRequests || bytes + held > MOST_BYTES) {
            return false;
        }
        requests++;
        bytes += held;
        return true;
    }

    synchronized void leave(long held) {
        requests--;
        bytes -= held;
    }
}
