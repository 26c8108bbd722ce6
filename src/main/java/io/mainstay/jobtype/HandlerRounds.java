package io.mainstay.jobtype;

import io.mainstay.due.DuePoller;
import io.mainstay.queue.RepeatingTask;
import io.mainstay.queue.settings.Setting;
import io.mainstay.queue.settings.SettingCopy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Has what is known of handlers brought up to date, within two seconds, and has jobs of those that are held tried. When jobs may be
 * claimed that could not be, all queues are looked at. Thread-safe.
 */
@Singleton
class HandlerRounds implements SettingCopy {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration WHILE_SOME_ARE_HELD = Duration.ofMillis(1500);

    private final DeclaredHandlers handlers;
    private final Holds holds;
    private final HoldNews news;
    private final DuePoller poller;
    private final RepeatingTask rounds;
    /** Whether it is known for the first time what is held: jobs may have waited for that. */
    private final AtomicBoolean begun = new AtomicBoolean();

    HandlerRounds(
            Vertx vertx, DeclaredHandlers handlers, Holds holds, Probing probing, HoldNews news, DuePoller poller) {
        this.handlers = handlers;
        this.holds = holds;
        this.news = news;
        this.poller = poller;
        this.rounds = new RepeatingTask(vertx, "handlers", EVERY, Logger.Level.DEBUG, () -> handlers.refresh()
                .chain(probing::look)
                .invoke(given -> {
                    if (given || !begun.getAndSet(true)) {
                        poller.poll();
                    }
                })
                .map(given -> handlers.held().isEmpty() ? Optional.empty() : Optional.of(WHILE_SOME_ARE_HELD)));
    }

    /** Before anything is begun. */
    void check(@Observes @Priority(1) StartupEvent event, HoldConfig config) {
        HoldConfig.check(config);
    }

    void start(@Observes StartupEvent event) {
        holds.onFree(poller::poll);
        handlers.onHolds((before, after) -> {
            news.tell(before, after);
            if (!after.keySet().containsAll(before.keySet())) {
                poller.poll();
            }
        });
        rounds.start();
        rounds.soon();
    }

    @Override
    public Map<Setting, String> versions() {
        return Map.of(Setting.HANDLERS, handlers.version());
    }

    @Override
    public void readAgain() {
        rounds.soon();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }
}
