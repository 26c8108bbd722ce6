package io.mainstay.redis.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WakeUpSettingsTest {

    private static final Duration GOOD = Duration.ofSeconds(1);

    @ParameterizedTest
    @ValueSource(strings = {"PT0.099S", "PT10.001S", "-PT1S"})
    void valueOutOfRangeStopsTheStartNamingItsKey(String value) {
        Duration bad = Duration.parse(value);

        assertThatThrownBy(() -> new WakeUpSettings(bad, GOOD))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.wake-up.canary-interval")
                .hasMessageContaining("PT0.1S")
                .hasMessageContaining("PT10S");
        assertThatThrownBy(() -> new WakeUpSettings(GOOD, bad))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.wake-up.subscribe-timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.1S", "PT10S"})
    void boundsThemselvesAreGood(String value) {
        Duration bound = Duration.parse(value);

        assertThat(new WakeUpSettings(bound, bound).canaryInterval()).isEqualTo(bound);
    }
}
