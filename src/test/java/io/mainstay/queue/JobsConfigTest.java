package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsConfigTest {

    @Test
    void defaultsAreWithinTheLimits() {
        assertThatCode(() -> JobsConfig.check(config(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "mainstay.jobs.max-payload, 0",
        "mainstay.jobs.max-payload, 1M",
        "mainstay.jobs.max-body, 256K",
        "mainstay.jobs.default-max-attempts, 0",
        "mainstay.jobs.default-backoff-initial, PT2H",
        "mainstay.jobs.default-timeout, PT0S",
        "mainstay.jobs.default-timeout, PT25H",
        "mainstay.jobs.max-timeout, P400D",
        "mainstay.jobs.max-delay, -PT1S",
        "mainstay.jobs.default-expires-in, PT0S",
        "mainstay.jobs.default-expires-in, P367D",
        "mainstay.jobs.max-wait, PT2H",
        "mainstay.jobs.max-waiting, -1",
        "mainstay.jobs.max-waiting, 1000000001",
        "mainstay.jobs.max-snoozes, -1",
        "mainstay.jobs.max-snoozes, 1000001",
        "mainstay.jobs.max-waiters, -1"
    })
    void valueOutsideItsLimitsIsRefusedAtTheStart(String key, String value) {
        JobsConfig config = config(Map.of(key, value));

        assertThatThrownBy(() -> JobsConfig.check(config)).isInstanceOf(InvalidValueException.class);
    }

    private static JobsConfig config(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(JobsConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build();
        return config.getConfigMapping(JobsConfig.class);
    }
}
