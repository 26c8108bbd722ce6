package io.mainstay.embedded;

import io.quarkus.redis.client.RedisHostsProvider;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Set;

/** Asked by the Redis client for its address when {@code quarkus.redis.hosts} is not set. */
@ApplicationScoped
@Identifier("mainstay")
class RedisAddress implements RedisHostsProvider {

    private final EmbeddedConfig config;
    private RedisServerLauncher server;

    RedisAddress(EmbeddedConfig config) {
        this.config = config;
    }

    /** @throws IllegalStateException if no embedded Redis is wanted: somebody forgot to say where Redis is */
    @Override
    public synchronized Set<URI> getHosts() {
        if (!config.embedded()) {
            throw new IllegalStateException(
                    "No Redis is configured. Set quarkus.redis.hosts (QUARKUS_REDIS_HOSTS) to its"
                            + " address, for example redis://redis:6379, or mainstay.redis.embedded=true to try Mainstay with a"
                            + " Redis of its own.");
        }
        if (server == null) {
            server = new RedisServerLauncher(config);
        }
        return Set.of(server.address());
    }

    @PreDestroy
    synchronized void stop() {
        if (server != null) {
            server.close();
        }
    }
}
