package io.mainstay.redis.stats;

import io.mainstay.stats.JobCounts;
import io.mainstay.stats.Resolution;
import io.mainstay.stats.StatsStore.Visitor;

/** Reads the numbers of a chunk: point after point from a whole byte on, number after number, the highest bit first, as {@code BITFIELD} has them. */
final class PointReader {

    private PointReader() {}

    /** @param place of the series, for the visitor */
    static void read(Resolution resolution, int place, long chunk, byte[] bytes, Visitor visitor) {
        int length = resolution.bytes();
        for (int i = 0; i < resolution.points() && (i + 1) * length <= bytes.length; i++) {
            if (any(bytes, i * length, length)) {
                visitor.point(place, chunk * resolution.points() + i, point(resolution, bytes, i * length));
            }
        }
    }

    private static boolean any(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] != 0) {
                return true;
            }
        }
        return false;
    }

    private static JobCounts point(Resolution resolution, byte[] bytes, int from) {
        long[] numbers = new long[JobCounts.NUMBERS];
        int bit = from * Byte.SIZE;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(bytes, bit, resolution.bits());
            bit += resolution.bits();
        }
        return new JobCounts(numbers);
    }

    private static long number(byte[] bytes, int bit, int bits) {
        int last = (bit + bits - 1) / Byte.SIZE;
        long value = 0;
        for (int i = bit / Byte.SIZE; i <= last; i++) {
            value = value << Byte.SIZE | bytes[i] & 0xFF;
        }
        return value >>> (last + 1) * Byte.SIZE - bit - bits & (1L << bits) - 1;
    }
}
