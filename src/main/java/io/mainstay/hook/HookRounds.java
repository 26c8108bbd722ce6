package io.mainstay.hook;

import io.mainstay.queue.RepeatingTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Has what is known of hooks brought up to date within two seconds, marks kept, and notices of this instance sent. Thread-safe. */
@Singleton
class HookRounds {

    private static final Duration EVERY = Duration.ofMillis(1500);

    private final RepeatingTask rounds;

    HookRounds(Vertx vertx, KnownHooks hooks, OwnNotices own) {
        this.rounds = new RepeatingTask(vertx, "hooks", EVERY, Logger.Level.DEBUG, () -> hooks.refresh()
                .chain(own::send)
                .chain(hooks::markSome)
                .replaceWith(Optional.empty()));
    }

    /** Before anything is begun. */
    void check(@Observes @Priority(1) StartupEvent event, HookConfig config) {
        HookConfig.check(config);
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
        rounds.soon();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }
}
