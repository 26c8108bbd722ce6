package io.mainstay.job;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** How long a failed attempt waits for the next one. */
public sealed interface Backoff {

    /** Longest wait any backoff may ask for. */
    Duration LONGEST = Duration.ofDays(30);

    /**
     * The wait after a failed attempt.
     *
     * @param attempt the attempt that failed, from 1
     * @param random source of jitter
     */
    Duration after(int attempt, RandomGenerator random);

    /**
     * Doubles from {@code initial} up to {@code max}, with "equal jitter": half of the wait is certain, half random,
     * so that jobs that failed together do not come back together.
     * (M. Brooker, <i>Exponential Backoff and Jitter</i>, AWS Architecture Blog, 2015.)
     */
    record Exponential(Duration initial, Duration max) implements Backoff {

        private static final int MAX_DOUBLINGS = 40;

        public Exponential {
            checkWait("backoff.initial", initial);
            checkWait("backoff.max", max);
            if (max.compareTo(initial) < 0) {
                throw new InvalidValueException("backoff.max", max, "at least backoff.initial (%s)".formatted(initial));
            }
        }

        @Override
        public Duration after(int attempt, RandomGenerator random) {
            int doublings = Math.min(Math.max(attempt - 1, 0), MAX_DOUBLINGS);
            // Compared by halving the maximum: doubling the first wait could overflow.
            boolean below = initial.toMillis() <= max.toMillis() >> doublings;
            long ceiling = below ? initial.toMillis() << doublings : max.toMillis();
            long certain = ceiling / 2;
            return Duration.ofMillis(certain + random.nextLong(ceiling - certain + 1));
        }
    }

    /** The same wait after every attempt, no jitter. */
    record Fixed(Duration delay) implements Backoff {

        public Fixed {
            checkWait("backoff.delay", delay);
        }

        @Override
        public Duration after(int attempt, RandomGenerator random) {
            return delay;
        }
    }

    /** The first wait after the first attempt, and so on; the last one repeats. */
    record Listed(List<Duration> delays) implements Backoff {

        private static final int MAX_ENTRIES = 100;

        public Listed {
            delays = List.copyOf(delays);
            if (delays.isEmpty() || delays.size() > MAX_ENTRIES) {
                throw new InvalidValueException("backoff.delays", delays.size() + " entries", "1 to 100 entries");
            }
            delays.forEach(delay -> checkWait("backoff.delays", delay));
        }

        @Override
        public Duration after(int attempt, RandomGenerator random) {
            return delays.get(Math.min(Math.max(attempt, 1), delays.size()) - 1);
        }
    }

    private static void checkWait(String field, Duration wait) {
        Bounds.between(field, wait, Duration.ZERO, LONGEST);
    }
}
