package io.mainstay.queue.settings;

import io.mainstay.queue.RepeatingTask;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Has settings that other instances have changed read again, within two seconds. One command for all of them. A copy that is not of the
 * latest version is named each time, so none is missed because it was being read. While the store does not answer, all are read again: some
 * have a copy elsewhere.
 */
@Singleton
class SettingRounds {

    private static final Duration EVERY = Duration.ofMillis(1500);

    private final SettingVersions store;
    private final List<SettingCopy> copies;
    private final RepeatingTask rounds;

    SettingRounds(Vertx vertx, SettingVersions store, @All List<SettingCopy> copies) {
        this.store = store;
        this.copies = copies;
        this.rounds = new RepeatingTask(
                vertx, "versions of settings", EVERY, Logger.Level.DEBUG, () -> round().replaceWith(Optional.empty()));
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }

    Uni<Void> round() {
        return Uni.createFrom()
                .deferred(store::read)
                .invoke(this::compare)
                .onFailure()
                .invoke(failure -> copies.forEach(SettingCopy::readAgain))
                .replaceWithVoid();
    }

    private void compare(Map<Setting, String> latest) {
        for (SettingCopy copy : copies) {
            if (!latest.entrySet().containsAll(copy.versions().entrySet())) {
                copy.readAgain();
            }
        }
    }
}
