package io.mainstay.redis;

import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The command links of this instance. An event loop always uses the same one, its own where there are enough, so that
 * most commands and answers change threads nowhere.
 */
@Singleton
@Startup
class RedisLinks {

    private final List<RedisLink> links;
    private final Map<Object, RedisLink> byEventLoop = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    RedisLinks(Vertx vertx, Redis redis, RedisConfig config) {
        if (config.connections() < 1) {
            throw new IllegalArgumentException(
                    "mainstay.redis.connections is %d, but must be 1 or more".formatted(config.connections()));
        }
        VertxInternal internal = (VertxInternal) vertx;
        links = IntStream.range(0, config.connections())
                .mapToObj(i -> new RedisLink(internal.createEventLoopContext(), redis, config))
                .toList();
        links.forEach(link -> byEventLoop.putIfAbsent(link.context().nettyEventLoop(), link));
    }

    /** The link of the calling event loop; for another thread, any. */
    RedisLink current() {
        ContextInternal context = ContextInternal.current();
        if (context == null) {
            return any();
        }
        return byEventLoop.computeIfAbsent(context.nettyEventLoop(), loop -> any());
    }

    private RedisLink any() {
        return links.get(Math.floorMod(next.getAndIncrement(), links.size()));
    }

    @PreDestroy
    void close() {
        links.forEach(RedisLink::close);
    }
}
