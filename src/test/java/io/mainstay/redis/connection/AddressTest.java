package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "redis://redis, redis, redis:6379, ''",
        "redis://my_redis:6380, redis, my_redis:6380, ''",
        "rediss://u:p%40@my_redis.name_space/3?client=x, rediss, my_redis.name_space:6379, /3?client=x",
        "redis://-._:7, redis, -._:7, ''",
        "redis://10.0.0.1:6379/0, redis, 10.0.0.1:6379, /0",
        "redis://[::1]:6379, redis, [::1]:6379, ''",
    })
    void hostsAreAllThatResolversTake(String text, String scheme, String node, String rest) {
        Address address = Address.of(text);

        assertThat(address.scheme()).isEqualTo(scheme);
        assertThat(address.node()).hasToString(node);
        assertThat(address.rest()).isEqualTo(rest);
    }

    @Test
    void userInfoEndsAtTheLastAt() {
        assertThat(Address.of("redis://a:b@c@my_redis:1").userInfo()).isEqualTo(Optional.of("a:b@c"));
        assertThat(Address.of("redis://my_redis:1").userInfo()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://u:s^cret@h",
                "redis://u:s cret@h",
                "redis://u:scret/more@h",
                "foo://:scret@h",
                "foo://:x/scret@h",
                "u:scret@h",
                "redis://:scret@",
                "redis://:scret@h:99999",
                "redis://:scret@h:x",
                "redis://:scret@h~h",
                "redis://:scret@h/zero",
                "redis://:scret@h/1/2",
                "unix://:scret@/tmp/redis",
                "scret"
            })
    void whatCannotBeReadIsRefusedWithoutItsPassword(String text) {
        assertThatThrownBy(() -> Address.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(error -> {
                    StringWriter all = new StringWriter();
                    error.printStackTrace(new PrintWriter(all));
                    if (text.contains("@")) {
                        assertThat(all.toString()).doesNotContain("cret");
                    }
                });
    }
}
