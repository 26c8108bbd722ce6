package io.mainstay.redis;

import io.mainstay.queue.ConnectionObserver;
import io.mainstay.queue.Recyclable;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
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
class RedisLinks implements Recyclable {

    private final List<RedisLink> links;
    private final Map<Object, RedisLink> byEventLoop = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    RedisLinks(
            Vertx vertx,
            ClientOptions options,
            Connector connector,
            RedisConfig config,
            @All List<ConnectionObserver> observers) {
        if (config.connections() < 1) {
            throw new IllegalArgumentException(
                    "mainstay.redis.connections is %d, but must be 1 or more".formatted(config.connections()));
        }
        VertxInternal internal = (VertxInternal) vertx;
        Future<Node> configured = Future.succeededFuture(Node.of(options.get().getEndpoint()));
        links = IntStream.range(0, config.connections())
                .mapToObj(i -> new RedisLink(
                        "commands-" + i,
                        internal.createEventLoopContext(),
                        () -> configured,
                        connector,
                        config,
                        observers))
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

    @Override
    public String name() {
        return "links";
    }

    @Override
    public void recycle(String reason) {
        links.forEach(link -> link.recycle(reason));
    }

    private RedisLink any() {
        return links.get(Math.floorMod(next.getAndIncrement(), links.size()));
    }

    /** After everybody who still has something to say, and before anything is torn down. */
    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
        close();
    }

    void close() {
        links.forEach(RedisLink::close);
    }
}
