package io.mainstay.redis;

import io.mainstay.redis.connection.Address;
import io.mainstay.redis.connection.ClientOptions;
import io.mainstay.redis.connection.fault.SettingNames;
import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.quarkus.redis.runtime.client.VertxRedisClientFactory;
import io.quarkus.runtime.StartupEvent;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** What Quarkus makes of {@code quarkus.redis.*}, kept to make clients of our own. */
@Singleton
class QuarkusRedisOptions implements RedisOptionsCustomizer {

    private static final String PASSWORD_KEY = "quarkus.redis.password";
    private static final String TLS_KEY = "quarkus.redis.tls-configuration-name";

    private final Config config;
    private volatile ClientOptions options;

    QuarkusRedisOptions(Config config) {
        this.config = config;
    }

    /** Called by Quarkus as it makes its own client. */
    @Override
    public void customize(String clientName, RedisOptions options) {
        if (VertxRedisClientFactory.DEFAULT_CLIENT.equals(clientName)) {
            options.getEndpoints().forEach(QuarkusRedisOptions::read);
            this.options = new ClientOptions(
                    options,
                    () -> config.getOptionalValue(PASSWORD_KEY, String.class),
                    new SettingNames("", config.getOptionalValue(TLS_KEY, String.class)));
            options.setEndpoints(options.getEndpoints().stream()
                    .map(QuarkusRedisOptions::readableByTheClient)
                    .collect(Collectors.toList()));
        }
    }

    /** Quarkus's own client, which never gets to connect, could not be made with a host name or a password that it does not read. */
    private static String readableByTheClient(String address) {
        Address read = read(address);
        boolean readable = read.node().host().indexOf('_') < 0
                && read.userInfo().orElse("").indexOf('@') < 0;
        return readable ? address : read.scheme() + "://unreadable.invalid";
    }

    private static Address read(String address) {
        try {
            return Address.of(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; correct quarkus.redis.hosts", e);
        }
    }

    ClientOptions get() {
        if (options == null) {
            throw new IllegalStateException("Quarkus has not made its Redis client yet");
        }
        return options;
    }

    /** Quarkus makes its client, and with it the options, only if somebody wants it. It never gets to connect. */
    void want(@Observes StartupEvent started, Redis client) {}
}
