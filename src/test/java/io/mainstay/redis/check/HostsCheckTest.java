package io.mainstay.redis.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quarkus.redis.hosts | redis://:s^cret@h",
                "quarkus.redis.hosts | redis://ok:6379,redis://:s cret@h",
                "quarkus.redis.hosts | foo://:s cret/x@h",
                "quarkus.redis.hosts | u:s cret@h",
                "quarkus.redis.other.hosts | redis://:s[cret@h",
            })
    void settingThatIsNoAddressIsRefusedWithoutItsPassword(String name, String value) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withInterceptors(new HostsCheck())
                .withDefaultValue(name, value)
                .build();

        assertThatThrownBy(() -> config.getValues(name, URI.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("cret")
                .hasNoCause();
    }
}
