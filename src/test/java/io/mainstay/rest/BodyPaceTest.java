package io.mainstay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BodyPaceTest {

    private final BodyPace pace = new BodyPace(Duration.ofSeconds(10), 1000);

    @Test
    void noWaitIsLongerThanTheIdleTimeHoweverMuchCameBefore() {
        pace.came(1_000_000);

        assertThat(pace.left(seconds(9))).isPositive();
        assertThat(pace.left(seconds(10))).isZero();
    }

    @Test
    void aByteNowAndThenIsTooSlow() {
        int waits = 0;
        while (pace.left(seconds(5)) > 0) {
            pace.waited(seconds(5));
            pace.came(1);
            waits++;
        }

        assertThat(waits).isEqualTo(2);
    }

    @Test
    void theLeastRateIsFastEnough() {
        for (int i = 0; i < 10_000; i++) {
            pace.waited(seconds(1));
            pace.came(1000);
        }

        assertThat(pace.left(seconds(9))).isPositive();
    }

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
