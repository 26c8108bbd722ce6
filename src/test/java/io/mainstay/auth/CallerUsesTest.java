package io.mainstay.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallerUsesTest {

    private long nanos = Long.MAX_VALUE - 1000;

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
}
