package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.redis.Configured;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisConfigTest {

    @Test
    void defaultsAreGood() {
        assertThatCode(() -> RedisConfig.check(Configured.redis(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "mainstay.redis.connections, 0",
        "mainstay.redis.command-timeout, PT0.049S",
        "mainstay.redis.command-timeout, PT1M0.001S",
        "mainstay.redis.suspect-after, PT0.009S",
        "mainstay.redis.suspect-after, PT0.751S",
        "mainstay.redis.call-timeout, PT0.749S"
    })
    void valueOutOfRangeStopsTheStartNamingItsKey(String key, String value) {
        assertThatThrownBy(() -> RedisConfig.check(Configured.redis(Map.of(key, value))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(key);
    }
}
