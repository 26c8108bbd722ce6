package io.mainstay.queue.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

    @Test
    void usesOfManyCallersAreBounded() {
        CallerUses uses = new CallerUses(10, () -> nanos);
        for (int i = 0; i < CallerUses.MOST; i++) {
            uses.of("caller-" + i).rate().take();
        }
        // All are busy: what comes beyond shares one.
        assertThat(uses.of("more")).isSameAs(uses.of("others")).isNotSameAs(uses.of("caller-1"));
        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(uses.of("more")).isSameAs(uses.of("more")).isNotSameAs(uses.of("others"));
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
