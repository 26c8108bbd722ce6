package io.mainstay.queue.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallRateTest {

    private long nanos = Long.MAX_VALUE - 1000;
    private final CallRate rate = new CallRate(10, () -> nanos);

    @Test
    void secondsWorthMayComeAtOnceAndThenAsManyAsTheRate() {
        assertThat(taken(100)).isEqualTo(10);
        pass(Duration.ofMillis(99));
        assertThat(rate.take()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(taken(5)).isEqualTo(1);
        pass(Duration.ofMillis(500));
        assertThat(taken(100)).isEqualTo(5);
        pass(Duration.ofHours(1));
        assertThat(taken(100)).isEqualTo(10);
    }

    @Test
    void saysHowLongToWait() {
        taken(10);
        assertThat(Duration.ofNanos(rate.takeOrWait())).isEqualTo(Duration.ofMillis(100));
        pass(Duration.ofMillis(30));
        assertThat(Duration.ofNanos(rate.takeOrWait())).isEqualTo(Duration.ofMillis(70));
    }

    @Test
    void idleOnceItsSecondIsFullAgain() {
        assertThat(rate.idle()).isTrue();
        rate.take();
        assertThat(rate.idle()).isFalse();
        pass(Duration.ofMillis(100));
        assertThat(rate.idle()).isTrue();
    }

    private int taken(int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += rate.take() ? 1 : 0;
        }
        return taken;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
