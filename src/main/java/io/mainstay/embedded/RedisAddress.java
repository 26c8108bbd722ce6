package io.mainstay.embedded;

import io.quarkus.redis.client.RedisHostsProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.redis.client.RedisClientType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asked by the Redis client for its address when {@code quarkus.redis.hosts} is not set. */
@ApplicationScoped
@Identifier("mainstay")
class RedisAddress implements RedisHostsProvider {

    private final EmbeddedConfig config;
    private final Instance<LocalRedis> local;
    private final RedisClientType clientType;

    RedisAddress(
            EmbeddedConfig config,
            Instance<LocalRedis> local,
            @ConfigProperty(name = "quarkus.redis.client-type", defaultValue = "standalone")
                    RedisClientType clientType) {
        this.config = config;
        this.local = local;
        this.clientType = clientType;
    }

    /** @throws IllegalStateException if there is none: somebody forgot to say where Redis is */
    @Override
    public Set<URI> getHosts() {
        if (clientType != RedisClientType.STANDALONE) {
            throw new IllegalStateException(
                    "quarkus.redis.client-type is %s, but quarkus.redis.hosts names no node of it."
                            .formatted(clientType.name().toLowerCase(Locale.ROOT)));
        }
        if (!config.embedded()) {
            throw new IllegalStateException(
                    "No Redis is configured. Set quarkus.redis.hosts (QUARKUS_REDIS_HOSTS) to its"
                            + " address, for example redis://redis:6379, or mainstay.redis.embedded=true to try Mainstay with a"
                            + " Redis of its own.");
        }
        if (!local.isResolvable()) {
            throw new IllegalStateException("No Redis is configured, and a native image contains none."
                    + " Set quarkus.redis.hosts (QUARKUS_REDIS_HOSTS) to its address.");
        }
        return Set.of(local.get().start());
    }
}
