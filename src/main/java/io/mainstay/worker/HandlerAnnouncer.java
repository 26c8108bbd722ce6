package io.mainstay.worker;

import io.mainstay.job.QueueName;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Serving;
import io.mainstay.queue.WorkerStatus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Says every few seconds what the workers of this instance run, while they do. An instance that ends or loses the store is
 * forgotten after {@link #VALID_FOR}; nothing is struck off at its end, for others may serve the same. Thread-safe.
 */
@Singleton
class HandlerAnnouncer {

    /** Two calls in a row may fail. */
    static final Duration VALID_FOR = Duration.ofSeconds(15);

    private static final Duration EVERY = VALID_FOR.dividedBy(3);
    private static final Logger LOG = Logger.getLogger(HandlerAnnouncer.class);

    private final Vertx vertx;
    private final Announcements announcements;
    private final WorkerStatus worker;
    private final Serving serving;
    private long timer;

    HandlerAnnouncer(
            Vertx vertx,
            Announcements announcements,
            WorkerStatus worker,
            QueueWeights queues,
            HandlerRegistry handlers) {
        this.vertx = vertx;
        this.announcements = announcements;
        this.worker = worker;
        this.serving = new Serving(queues.all() ? Set.of() : served(queues), handlers.names());
    }

    private static Set<QueueName> served(QueueWeights queues) {
        Set<QueueName> served = new HashSet<>(queues.named().keySet());
        served.add(QueueName.HOOKS);
        return served;
    }

    void start(@Observes StartupEvent event) {
        if (worker.enabled()) {
            announce();
            timer = vertx.setPeriodic(EVERY.toMillis(), tick -> announce());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void announce() {
        if (!worker.draining() && !worker.drained()) {
            announcements
                    .announce(serving, VALID_FOR)
                    .subscribe()
                    .with(
                            done -> {},
                            failure -> LOG.debugf(
                                    failure, "could not announce what this instance serves; the next round will"));
        }
    }
}
