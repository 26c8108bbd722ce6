package io.mainstay.stats;

import java.util.concurrent.atomic.AtomicLongArray;

/** Numbers of one series that grow while jobs run: an event is one or two additions. Thread-safe. */
final class LiveCounts {

    private final AtomicLongArray numbers = new AtomicLongArray(JobCounts.NUMBERS);

    void count(Measure measure) {
        numbers.getAndIncrement(measure.ordinal());
    }

    void startDelay(long ms) {
        numbers.getAndIncrement(JobCounts.DELAYS + TimeHistogram.bucket(ms));
    }

    void ran(long ms) {
        numbers.getAndIncrement(JobCounts.RUNS + TimeHistogram.bucket(ms));
    }

    /** What was counted since this was asked last. */
    JobCounts take() {
        long[] taken = new long[JobCounts.NUMBERS];
        for (int i = 0; i < taken.length; i++) {
            if (numbers.get(i) != 0) {
                taken[i] = numbers.getAndSet(i, 0);
            }
        }
        return new JobCounts(taken);
    }
}
