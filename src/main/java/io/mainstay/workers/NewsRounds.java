package io.mainstay.workers;

import io.mainstay.queue.RepeatingTask;
import io.mainstay.queue.settings.Setting;
import io.mainstay.queue.settings.SettingCopy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Notices within two seconds that another worker is drained, or another handler known, and reads what has changed. While some are drained it
 * looks every two seconds: drains end, and those that are drained may go.
 */
@Singleton
class NewsRounds implements SettingCopy {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration WHILE_SOME_ARE_DRAINED = Duration.ofSeconds(2);

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
        this.rounds = new RepeatingTask(vertx, "news of workers", EVERY, Logger.Level.DEBUG, () -> read().map(
                        done -> drains.any() ? Optional.of(WHILE_SOME_ARE_DRAINED) : Optional.empty()));
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
        rounds.soon();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }

    @Override
    public Map<Setting, String> versions() {
        return Map.of(Setting.DRAINS, drainsVersion, Setting.KNOWN_HANDLERS, handlersVersion);
    }

    @Override
    public void readAgain() {
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
