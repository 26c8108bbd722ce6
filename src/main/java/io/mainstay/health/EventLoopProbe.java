package io.mainstay.health;

import io.mainstay.vertx.VertxInternals;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the event loops of this process come round: links and requests live on them. Each is asked for a turn, and
 * again when it had it. Thread-safe.
 */
@Singleton
class EventLoopProbe {

    private final EventLoopGroup loops;
    /** When each loop that has not answered yet was asked. */
    private final Map<EventExecutor, Long> asked = new ConcurrentHashMap<>();

    EventLoopProbe(Vertx vertx) {
        this.loops = VertxInternals.eventLoops(vertx);
    }

    /** How long the slowest has owed a turn; asking is what asks for the next one. */
    Duration lag() {
        if (loops.isShuttingDown()) {
            return Duration.ZERO;
        }
        long now = System.nanoTime();
        long oldest = now;
        for (EventExecutor loop : loops) {
            Long at = asked.putIfAbsent(loop, now);
            if (at == null) {
                loop.execute(() -> asked.remove(loop));
            } else if (at < oldest) {
                oldest = at;
            }
        }
        return Duration.ofNanos(now - oldest);
    }
}
