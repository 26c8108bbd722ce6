package io.mainstay.failover.history;

import java.time.Duration;
import java.time.Instant;

/** A fault that excuses something. Others excuse nothing. */
public sealed interface Strike {

    /** An instance of the service was killed. */
    record Killed(String instance, Instant at) implements Strike {}

    /**
     * An instance of the service was asked to end.
     *
     * @param gone when its process was gone
     */
    record Ended(String instance, Instant at, Instant gone) implements Strike {}

    /**
     * Redis lost every change of a span of time.
     *
     * @param from the latest time of which everything is still there
     * @param at when it was lost
     * @param replicated whether what replicas had confirmed is lost as well
     */
    record Lost(Instant from, Instant at, boolean replicated) implements Strike {}

    /**
     * One of two stores, which have the same jobs, lost what had changed since some time, or was not heard any more when the other took over: that one
     * may not know of jobs that ended since, and has them run again.
     *
     * @param store which one lost data; empty if none did
     * @param from the latest time of which everything is known to both
     * @param until when both knew the same again
     */
    record OneOfTwo(String store, Instant from, Instant until) implements Strike {}

    /**
     * One of two stores may not have answered: a cancel that only the other one took may have come too late there.
     */
    record OneAway(Instant from, Instant until) implements Strike {}

    /**
     * The way to Redis carried next to nothing. Where that took about as long as a lease lasts, reports came too late.
     *
     * @param lease how long workers have a job
     */
    record Throttled(Instant from, Instant until, Duration lease) implements Strike {}
}
