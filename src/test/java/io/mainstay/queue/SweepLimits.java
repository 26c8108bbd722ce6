package io.mainstay.queue;

/**
 * How much one claim of the in-memory store sweeps.
 *
 * @param expired most expired leases taken back
 * @param scheduled most due jobs made ready
 */
public record SweepLimits(int expired, int scheduled) {

    public static final SweepLimits DEFAULT = new SweepLimits(100, 100);
}
