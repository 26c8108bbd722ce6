package io.mainstay.stats;

import java.time.Duration;
import java.util.Arrays;

/**
 * How finely time is divided, and for how long that is kept. Points lie in chunks: of each series a string in which all numbers of a
 * point have their place, so that a number is added to without reading it, and a chunk expires as a whole.
 *
 * <p>A series has 13 chunks of minutes, 25 of ten minutes and 31 of hours at most; each is made to fill a size in which Redis takes memory:
 * 5120, 3072 and 5120 bytes. That is 302,080 bytes a series, 60.7 MB of 200 and the total.
 */
public enum Resolution {
    /** For 6 hours; a number to 33 million. */
    MINUTES("m", Duration.ofMinutes(1), 30, 25, Duration.ofHours(6)),
    /** For 72 hours; a number to 33 million. */
    TEN_MINUTES("t", Duration.ofMinutes(10), 18, 25, Duration.ofHours(72)),
    /** For 30 days; a number to 4 billion. */
    HOURS("h", Duration.ofHours(1), 24, 32, Duration.ofDays(30));

    private final String letter;
    private final Duration step;
    private final int points;
    private final int bits;
    private final Duration kept;

    Resolution(String letter, Duration step, int points, int bits, Duration kept) {
        this.letter = letter;
        this.step = step;
        this.points = points;
        this.bits = bits;
        this.kept = kept;
    }

    /** In names of keys. */
    public String letter() {
        return letter;
    }

    /** From one point to the next. */
    public Duration step() {
        return step;
    }

    /** Of one chunk. */
    public int points() {
        return points;
    }

    /** Of one number. A larger one stays at the largest. */
    public int bits() {
        return bits;
    }

    /** For how long a point is kept, at least. */
    public Duration kept() {
        return kept;
    }

    /** Of one point. */
    public int bytes() {
        return (JobCounts.NUMBERS * bits + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** The number of the point that a time lies in, since 1970. */
    long point(long ms) {
        return Math.floorDiv(ms, step.toMillis());
    }

    /** The chunk that a point lies in. */
    long chunk(long point) {
        return Math.floorDiv(point, points);
    }

    /** Those whose step this is; null if there is none. */
    static Resolution of(Duration step) {
        return Arrays.stream(values())
                .filter(each -> each.step.equals(step))
                .findFirst()
                .orElse(null);
    }
}
