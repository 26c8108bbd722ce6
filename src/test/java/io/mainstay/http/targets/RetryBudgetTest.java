package io.mainstay.http.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void aFewRetriesDoNotWait() {
        RetryBudget budget = new RetryBudget(20, 0);

        assertThat(waits(budget, 100, 0)).isZero();
    }

    @Test
    void thoseBeyondAreSpreadASecondApartOverAMinute() {
        RetryBudget budget = new RetryBudget(20, 0);
        waits(budget, 100, 0);

        assertThat(budget.take(0)).isEqualTo(SECOND);
        assertThat(budget.take(0)).isEqualTo(2 * SECOND);
        waits(budget, 1000, 0);
        assertThat(budget.take(0)).isEqualTo(60 * SECOND);
        assertThat(budget.take(59 * SECOND)).isEqualTo(2 * SECOND);
    }

    @Test
    void requestsEarnTheirPartOfRetries() {
        RetryBudget budget = new RetryBudget(20, 0);
        waits(budget, 100, 0);
        for (int i = 0; i < 50; i++) {
            budget.requested();
        }

        assertThat(waits(budget, 9, 0)).isZero();
    }

    @Test
    void aBudgetOfAllNeverHasThemWait() {
        assertThat(waits(new RetryBudget(100, 0), 10_000, 0)).isZero();
    }

    /** The longest. */
    private static long waits(RetryBudget budget, int retries, long now) {
        long longest = 0;
        for (int i = 0; i < retries; i++) {
            longest = Math.max(longest, budget.take(now));
        }
        return longest;
    }
}
