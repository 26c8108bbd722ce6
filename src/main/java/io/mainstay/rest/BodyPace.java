package io.mainstay.rest;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a body may keep its reader waiting: no longer than the idle time for the next byte, and in all no longer than that
 * and what its bytes take at the least rate. Only waiting counts: a body that we read slowly is not its sender's fault.
 */
public final class BodyPace {

    private static final int TIMEOUT = 408;

    private final long idleNanos;
    private final double bytesPerNano;
    private long bytes;
    private long waitedNanos;

    /** @param rate bytes a second */
    public BodyPace(Duration idle, long rate) {
        this.idleNanos = idle.toNanos();
        this.bytesPerNano = (double) rate / TimeUnit.SECONDS.toNanos(1);
    }

    public synchronized void came(long count) {
        bytes += count;
    }

    /** A wait that is over. */
    public synchronized void waited(long nanos) {
        waitedNanos += nanos;
    }

    /** Nanoseconds that a wait may still last which has lasted that long, not counted yet. */
    public synchronized long left(long nanos) {
        long inAll = idleNanos + (long) (bytes / bytesPerNano);
        return Math.min(idleNanos - nanos, inAll - waitedNanos - nanos);
    }

    public static Problem problem() {
        return Problem.of("body-too-slow", TIMEOUT, "The body arrives too slowly, or not at all.");
    }
}
