package io.mainstay.due;

import io.mainstay.queue.RepeatingTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Has some instance go through all queues within some ten minutes, a part of them each minute, and add what should be known to be due and is not.
 * Nothing depends on it but recovery from errors that nobody thought of, so what it finds is counted and logged.
 */
@Singleton
class DueCheck {

    /** From one time to the next, of each part. */
    private static final Duration EVERY = Duration.ofMinutes(7);
    /** How often an instance asks whether it is its turn, with one part after the other. */
    private static final Duration ASKED_EVERY = Duration.ofMinutes(1);

    private final RepeatingTask rounds;

    DueCheck(Vertx vertx, DueStore store, MeterRegistry registry) {
        Counter missing = Counter.builder("mainstay.due.missing")
                .description("Queues with due work that was not registered, found by the check of all queues")
                .register(registry);
        Gauge.builder("mainstay.queues.unreadable", store, DueStore::unreadable)
                .description("Entries in the sets of queue names and of due queues that are not queue names")
                .register(registry);
        rounds = new RepeatingTask(vertx, "due", ASKED_EVERY, Logger.Level.DEBUG, () -> store.check(EVERY)
                .invoke(found -> missing.increment(found))
                .replaceWith(Optional.empty()));
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }
}
