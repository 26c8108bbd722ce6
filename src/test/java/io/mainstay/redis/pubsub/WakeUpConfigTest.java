package io.mainstay.redis.pubsub;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.redis.Configured;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WakeUpConfigTest {

    private static final String INTERVAL = "mainstay.wake-up.canary-interval";
    private static final String TIMEOUT = "mainstay.wake-up.subscribe-timeout";

    @ParameterizedTest
    @ValueSource(strings = {"PT0.099S", "PT10.001S", "-PT1S"})
    void valueOutOfRangeStopsTheStartNamingItsKey(String value) {
        assertThatThrownBy(() -> check(INTERVAL, value))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(INTERVAL)
                .hasMessageContaining("PT0.1S")
                .hasMessageContaining("PT10S");
        assertThatThrownBy(() -> check(TIMEOUT, value))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.1S", "PT10S"})
    void boundsThemselvesAreGood(String value) {
        assertThatCode(() -> check(INTERVAL, value)).doesNotThrowAnyException();
        assertThatCode(() -> check(TIMEOUT, value)).doesNotThrowAnyException();
    }

    private static void check(String key, String value) {
        WakeUpConfig.check(Configured.by(WakeUpConfig.class, Map.of(key, value)));
    }
}
