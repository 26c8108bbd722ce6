package io.mainstay.auth.key;

import io.mainstay.auth.LongRequests;
import io.mainstay.queue.RepeatingTask;
import io.mainstay.security.SecurityConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Has what is known of keys brought up to date, every two seconds: with the time of a call no key is known five after it was revoked. */
@Singleton
class KeyRounds {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final boolean enabled;
    private final RepeatingTask rounds;

    KeyRounds(Vertx vertx, SecurityConfig config, KeyCallers keys, LongRequests requests) {
        enabled = config.enabled();
        rounds = new RepeatingTask(vertx, "keys", EVERY, Logger.Level.DEBUG, () -> keys.refresh()
                .eventually(requests::endUnknown)
                .replaceWith(Optional.empty()));
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            rounds.start();
            rounds.soon();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }
}
