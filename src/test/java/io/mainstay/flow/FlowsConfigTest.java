package io.mainstay.flow;

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

class FlowsConfigTest {

    @Test
    void defaultsAreWithinTheLimits() {
        assertThatCode(() -> FlowsConfig.check(config(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "mainstay.flows.interval, PT0.05S",
        "mainstay.flows.interval, PT11M",
        "mainstay.flows.recheck, PT0.5S",
        "mainstay.flows.recheck, P2D",
        "mainstay.flows.max-age, PT59S",
        "mainstay.flows.max-age, P367D",
        "mainstay.flows.max-jobs, 0",
        "mainstay.flows.max-jobs, 10001",
        "mainstay.flows.max-result, 65M"
    })
    void valueOutsideItsLimitsIsRefusedAtTheStart(String key, String value) {
        FlowsConfig config = config(Map.of(key, value));

        assertThatThrownBy(() -> FlowsConfig.check(config)).isInstanceOf(InvalidValueException.class);
    }

    private static FlowsConfig config(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(FlowsConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build();
        return config.getConfigMapping(FlowsConfig.class);
    }
}
