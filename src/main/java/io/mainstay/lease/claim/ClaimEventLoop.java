package io.mainstay.lease.claim;

import io.mainstay.vertx.EventLoop;
import io.mainstay.vertx.VertxInternals;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** An event loop of Vert.x. Thread-safe. */
@Singleton
final class ClaimEventLoop implements ClaimLoop {

    private static final Logger LOG = Logger.getLogger(ClaimEventLoop.class);

    private final EventLoop loop;

    ClaimEventLoop(Vertx vertx) {
        this.loop = VertxInternals.newEventLoop(vertx);
    }

    @Override
    public void run(Runnable task) {
        loop.execute(() -> guarded(task));
    }

    @Override
    public Runnable after(Duration wait, Runnable task) {
        long id = loop.setTimer(Math.max(1, wait.toMillis()), fired -> guarded(task));
        return () -> loop.cancelTimer(id);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            LOG.error("Unexpected error among requests for jobs; the next ones are still handled", thrown);
        }
    }
}
