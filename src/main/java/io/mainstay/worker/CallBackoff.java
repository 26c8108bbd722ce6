package io.mainstay.worker;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Growing waits between call retries, half certain and half random. The longest is short on purpose: a store that is
 * back must be noticed well within a second.
 */
final class CallBackoff {

    private static final long FIRST_MS = 20;
    private static final long LONGEST_MS = 400;

    private final RandomGenerator random = new SplittableRandom();
    private int failures;

    /** @return failures in a row, this one included */
    int failed() {
        return ++failures;
    }

    void succeeded() {
        failures = 0;
    }

    Duration delay() {
        long ceiling = Math.min(LONGEST_MS, FIRST_MS << Math.min(Math.max(0, failures - 1), 10));
        return Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
    }
}
