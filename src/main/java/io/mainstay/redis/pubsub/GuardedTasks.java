package io.mainstay.redis.pubsub;

import io.mainstay.vertx.EventLoop;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Tasks of a supervisor, on its event loop: whatever one throws is logged, and ends no other. */
final class GuardedTasks {

    private static final Logger LOG = Logger.getLogger(GuardedTasks.class);

    private final EventLoop loop;
    private final BooleanSupplier closed;

    /** @param closed once true, nothing is begun any more */
    GuardedTasks(EventLoop loop, BooleanSupplier closed) {
        this.loop = loop;
        this.closed = closed;
    }

    /** Any thread. */
    void later(Runnable task) {
        if (!closed.getAsBoolean()) {
            loop.later(() -> now(task));
        }
    }

    /** On the event loop. */
    void now(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            LOG.error("Unexpected error in the supervisor of a subscription; it continues", thrown);
        }
    }
}
