package io.mainstay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.redis.runtime.client.VertxRedisClientFactory;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.redis.client.RedisOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarkusRedisOptionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"redis://:p@ss@redis:6380", "redis://u:p%40ss@redis", "redis://my_redis", "rediss://redis/3"})
    void quarkusCanMakeItsClientOfWhatIsReadHere(String address) {
        RedisOptions options = customized(address);

        assertThat(new RedisOptions(options).getEndpoint()).isNotNull();
        options.getPassword();
    }

    @Test
    void whatCannotBeReadNamesTheKey() {
        assertThatThrownBy(() -> customized("redis://:scret@redis/zero"))
                .hasMessage("The address of Redis \"redis://***@redis/zero\" cannot be read:"
                        + " the database at its end is no number; correct quarkus.redis.hosts");
    }

    private static RedisOptions customized(String address) {
        RedisOptions options = new RedisOptions().setEndpoints(new ArrayList<>(List.of(address)));
        new QuarkusRedisOptions(new SmallRyeConfigBuilder().build())
                .customize(VertxRedisClientFactory.DEFAULT_CLIENT, options);
        return options;
    }
}
