package io.mainstay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.redis.connection.ClientOptions;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecondRedisOptionsTest {

    private static final String PREFIX = "mainstay.stores.second.";
    private static final RedisOptions FIRST = new RedisOptions()
            .setConnectionString("redis://one:6379")
            .setPassword("of the first")
            .setMaxNestedArrays(7);

    @Test
    void withoutHostsThereIsNone() {
        assertThat(options(Map.of())).isEmpty();
    }

    @Test
    void addressesTypeAndLoginAreItsOwnAndTheRestIsThatOfTheFirst() {
        RedisOptions second = options(Map.of(
                        "hosts", "redis://a:26379,redis://b:26379", "client-type", "sentinel", "master-name", "other"))
                .orElseThrow()
                .get();

        assertThat(second.getEndpoints()).isEqualTo(List.of("redis://a:26379", "redis://b:26379"));
        assertThat(second.getType()).isEqualTo(RedisClientType.SENTINEL);
        assertThat(second.getMasterName()).isEqualTo("other");
        assertThat(second.getPassword()).isNull();
        assertThat(second.getMaxNestedArrays()).isEqualTo(7);
        assertThat(second.getNetClientOptions().isSsl()).isFalse();
    }

    @Test
    void theFirstAgainIsNoSecond() {
        assertThatThrownBy(() -> options(Map.of("hosts", "redis://user:secret@one:6379/1")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.stores.second.hosts")
                .hasMessageNotContaining("secret");
    }

    @Test
    void otherKeysWithoutHostsStopTheStart() {
        assertThatThrownBy(() -> options(Map.of("user-file", "/run/user")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.stores.second.hosts");
    }

    @Test
    void unknownTlsConfigurationStopsTheStart() {
        assertThatThrownBy(() -> options(Map.of("hosts", "rediss://two:6380", "tls-configuration-name", "typo")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("typo");
    }

    @Test
    void nameOfItsCertificatesWithoutHostsStopsTheStart() {
        assertThatThrownBy(() -> options(Map.of("tls-server-name", "redis.example")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.stores.second.hosts");
    }

    private static Optional<ClientOptions> options(Map<String, String> values) {
        Map<String, String> keys = new HashMap<>();
        values.forEach((key, value) -> keys.put(PREFIX + key, value));
        SecondStoreConfig config = Configured.by(SecondStoreConfig.class, keys);
        return new SecondRedisOptions(
                        config,
                        new NoTls(),
                        new SmallRyeConfigBuilder().withDefaultValues(keys).build())
                .get(FIRST);
    }

    private static final class NoTls implements TlsConfigurationRegistry {

        @Override
        public Optional<TlsConfiguration> get(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<TlsConfiguration> getDefault() {
            return Optional.empty();
        }

        @Override
        public void register(String name, TlsConfiguration configuration) {
            throw new UnsupportedOperationException();
        }
    }
}
