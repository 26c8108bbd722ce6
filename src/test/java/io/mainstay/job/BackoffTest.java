package io.mainstay.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final long seed = new Random().nextLong();
    private final RandomGenerator random = new Random(seed);

    @Test
    void exponentialWaitStaysBetweenHalfAndAllOfItsCeiling() {
        for (int round = 0; round < 10_000; round++) {
            Duration initial = upTo(Backoff.LONGEST);
            Duration max = initial.plus(upTo(Backoff.LONGEST.minus(initial)));
            int attempt = 1 + random.nextInt(RetryPolicy.MOST_ATTEMPTS);

            Duration wait = new Backoff.Exponential(initial, max).after(attempt, random);

            long ceiling = ceiling(initial, max, attempt);
            assertThat(wait.toMillis())
                    .as("seed %d: %s doubled to at most %s, attempt %d", seed, initial, max, attempt)
                    .isBetween(ceiling / 2, ceiling);
        }
    }

    @Test
    void exponentialWaitReachesItsMaximumAtTheExtremesToo() {
        var smallest = new Backoff.Exponential(Duration.ofMillis(1), Backoff.LONGEST);
        var largest = new Backoff.Exponential(Backoff.LONGEST, Backoff.LONGEST);
        for (int attempt : new int[] {42, 65, 1000, Integer.MAX_VALUE}) {
            assertThat(smallest.after(attempt, random)).isBetween(Backoff.LONGEST.dividedBy(2), Backoff.LONGEST);
            assertThat(largest.after(attempt, random)).isBetween(Backoff.LONGEST.dividedBy(2), Backoff.LONGEST);
        }
    }

    @Test
    void jobsThatFailedTogetherDoNotComeBackTogether() {
        var backoff = new Backoff.Exponential(Duration.ofMinutes(1), Duration.ofHours(1));

        long different = random.ints(100)
                .mapToObj(ignored -> backoff.after(3, random))
                .distinct()
                .count();

        assertThat(different).as("seed %d", seed).isGreaterThan(90);
    }

    @Test
    void noWaitMeansNoWait() {
        assertThat(new Backoff.Exponential(Duration.ZERO, Duration.ZERO).after(5, random))
                .isZero();
        assertThat(new Backoff.Fixed(Duration.ZERO).after(5, random)).isZero();
    }

    @Test
    void fixedWaitIsTheSameEveryTime() {
        var backoff = new Backoff.Fixed(Duration.ofSeconds(7));

        assertThat(backoff.after(1, random))
                .isEqualTo(backoff.after(999, random))
                .hasSeconds(7);
    }

    @Test
    void listedWaitsComeInOrderAndTheLastRepeats() {
        var backoff = new Backoff.Listed(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(2)));

        assertThat(List.of(1, 2, 3, 4, 1000))
                .map(attempt -> backoff.after(attempt, random).toSeconds())
                .containsExactly(1L, 5L, 2L, 2L, 2L);
    }

    @Test
    void listedWaitsAreCopied() {
        var delays = new ArrayList<>(List.of(Duration.ofSeconds(1)));
        var backoff = new Backoff.Listed(delays);
        delays.clear();

        assertThat(backoff.after(1, random)).hasSeconds(1);
    }

    /** The naive way: doubling step by step. */
    private static long ceiling(Duration initial, Duration max, int attempt) {
        long ceiling = initial.toMillis();
        for (int doubling = 1; doubling < attempt && ceiling < max.toMillis(); doubling++) {
            ceiling *= 2;
        }
        return Math.min(ceiling, max.toMillis());
    }

    private Duration upTo(Duration limit) {
        // Of all magnitudes: small values are as likely as large ones.
        return Duration.ofMillis(Math.min(limit.toMillis(), (long) Math.exp(random.nextDouble() * 22)));
    }
}
