package io.mainstay.stats;

import java.util.OptionalDouble;

/**
 * How times are sorted into buckets, which can be added up: below a millisecond; then from power of two to power of two, to 131 s; from there
 * four times as wide each, to 37 hours. So a percentile is right to a factor of two, or four of long times; nearer in most cases, for within a
 * bucket times are taken to be spread evenly, by their logarithms.
 */
final class TimeHistogram {

    static final int BUCKETS = 24;

    private static final int NARROW = 17;
    private static final int BITS = 64;

    private TimeHistogram() {}

    /** The bucket of a time; negative ones count as none. */
    static int bucket(long ms) {
        int bits = BITS - Long.numberOfLeadingZeros(Math.max(0, ms));
        return bits <= NARROW ? bits : Math.min(BUCKETS - 1, NARROW + 1 + (bits - NARROW - 1) / 2);
    }

    /**
     * The time in ms that a share of all do not exceed.
     *
     * @param from where the buckets begin in {@code numbers}
     * @param share above 0, at most 1
     * @return empty if nothing was counted
     */
    static OptionalDouble percentile(long[] numbers, int from, double share) {
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            all += numbers[from + i];
        }
        double wanted = share * all;
        double before = 0;
        for (int i = 0; i < BUCKETS; i++) {
            long count = numbers[from + i];
            if (count > 0 && before + count >= wanted) {
                return OptionalDouble.of(within(i, (wanted - before) / count));
            }
            before += count;
        }
        return OptionalDouble.empty();
    }

    private static double within(int bucket, double share) {
        if (bucket == 0) {
            return share;
        }
        double low = lowest(bucket);
        return bucket == BUCKETS - 1 ? low : low * Math.pow(lowest(bucket + 1) / low, share);
    }

    private static double lowest(int bucket) {
        return bucket <= NARROW + 1 ? Math.scalb(1.0, bucket - 1) : Math.scalb(1.0, NARROW + 2 * (bucket - NARROW - 1));
    }
}
