package io.mainstay.workers;

import io.mainstay.queue.RepeatingTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Looks every two seconds whether another worker is drained, or another handler known: one small call, which reads only what has changed. */
@Singleton
class NewsRounds {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final WorkerStore store;
    private final Drains drains;
    private final AnnouncedHandlers handlers;
    private final RepeatingTask rounds;
    private volatile String drainsVersion = WorkerStore.NO_VERSION;
    private volatile String handlersVersion = WorkerStore.NO_VERSION;

    NewsRounds(Vertx vertx, WorkerStore store, Drains drains, AnnouncedHandlers handlers) {
        this.store = store;
        this.drains = drains;
        this.handlers = handlers;
        this.rounds = new RepeatingTask(
                vertx, "news of workers", EVERY, Logger.Level.DEBUG, () -> read().replaceWith(Optional.empty()));
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
        rounds.soon();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }

    /** Something was changed by way of this instance. */
    void soon() {
        rounds.soon();
    }

    private Uni<Void> read() {
        return store.news(drainsVersion, handlersVersion)
                .invoke(this::take)
                // What is over is told of though the store does not answer.
                .eventually(drains::tell)
                .replaceWithVoid();
    }

    private void take(WorkerNews news) {
        drains.setInstances(news.drainedInstances());
        news.drains().ifPresent(drains::set);
        news.handlers().ifPresent(handlers::set);
        drainsVersion = news.drainsVersion();
        handlersVersion = news.handlersVersion();
    }
}
