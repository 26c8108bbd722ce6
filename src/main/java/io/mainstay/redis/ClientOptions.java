package io.mainstay.redis;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.quarkus.redis.runtime.client.VertxRedisClientFactory;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** What Quarkus makes of {@code quarkus.redis.*}: addresses, TLS, TCP options, login. Kept to make our own clients. */
@Singleton
class ClientOptions implements RedisOptionsCustomizer {

    private volatile RedisOptions options;

    /** Called by Quarkus as it makes its own client. */
    @Override
    public void customize(String clientName, RedisOptions options) {
        if (VertxRedisClientFactory.DEFAULT_CLIENT.equals(clientName)) {
            NetClientOptions net = options.getNetClientOptions();
            if (net.getHostnameVerificationAlgorithm() == null) {
                // Quarkus leaves it open, and then no TLS connection comes about. Open means: check the name.
                net.setHostnameVerificationAlgorithm("HTTPS");
            }
            options.getEndpoints().forEach(Address::of);
            this.options = new RedisOptions(options).setEndpoints(new ArrayList<>(options.getEndpoints()));
            options.setEndpoints(options.getEndpoints().stream()
                    .map(ClientOptions::readableByTheClient)
                    .collect(Collectors.toList()));
        }
    }

    /** Quarkus's own client, which never gets to connect, could not be made with a host name it does not read. */
    private static String readableByTheClient(String address) {
        Address read = Address.of(address);
        return read.node().host().indexOf('_') < 0 ? address : read.scheme() + "://underscore.invalid";
    }

    /** A copy; that of the client library shares the list of addresses, and setting one would clear it for all. */
    RedisOptions get() {
        if (options == null) {
            throw new IllegalStateException("Quarkus has not made its Redis client yet");
        }
        return new RedisOptions(options).setEndpoints(new ArrayList<>(options.getEndpoints()));
    }

    /** Quarkus makes its client, and with it the options, only if somebody wants it. It never gets to connect. */
    void want(@Observes StartupEvent started, Redis client) {}
}
