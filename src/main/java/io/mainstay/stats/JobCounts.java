package io.mainstay.stats;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Numbers of one series, added up over some time: what happened how often, how late jobs started, how long attempts ran. Not thread-safe. */
public final class JobCounts {

    /** How many numbers there are. */
    public static final int NUMBERS = Measure.values().length + 2 * TimeHistogram.BUCKETS;

    static final int DELAYS = Measure.values().length;
    static final int RUNS = DELAYS + TimeHistogram.BUCKETS;

    private final long[] numbers;

    public JobCounts() {
        this(new long[NUMBERS]);
    }

    /** @param numbers {@value #NUMBERS} of them, which are not copied */
    public JobCounts(long[] numbers) {
        if (numbers.length != NUMBERS) {
            throw new IllegalArgumentException(numbers.length + " numbers, not " + NUMBERS);
        }
        this.numbers = numbers;
    }

    public long get(int index) {
        return numbers[index];
    }

    long get(Measure measure) {
        return numbers[measure.ordinal()];
    }

    void add(JobCounts more) {
        for (int i = 0; i < NUMBERS; i++) {
            numbers[i] += more.numbers[i];
        }
    }

    boolean none() {
        return Arrays.stream(numbers).allMatch(number -> number == 0);
    }

    /** By which the busiest are found. */
    public long weight() {
        return get(Measure.ENQUEUED) + get(Measure.STARTED);
    }

    /** From due to claimed, in ms; empty if nothing started. */
    OptionalDouble startDelay(double share) {
        return TimeHistogram.percentile(numbers, DELAYS, share);
    }

    /** From claimed to ended, one attempt, in ms; empty if none ended. */
    OptionalDouble run(double share) {
        return TimeHistogram.percentile(numbers, RUNS, share);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JobCounts counts && Arrays.equals(numbers, counts.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return Arrays.toString(numbers);
    }
}
