package io.mainstay.hook;

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
import org.jboss.logging.Logger;

/**
 * Has what is known of hooks brought up to date, marks kept, and notices of this instance sent: every second or so while there are hooks,
 * every few seconds where there were some, else when a version says that there are. Whoever sends notices asks for hooks before, so nothing depends on how often this is. Thread-safe.
 */
@Singleton
class HookRounds implements SettingCopy {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration WHERE_THERE_WERE_SOME = Duration.ofSeconds(6);
    private static final Duration WHILE_THERE_ARE_HOOKS = Duration.ofMillis(1500);

    private final KnownHooks hooks;
    private final OwnNotices own;
    private final RepeatingTask rounds;

    HookRounds(Vertx vertx, KnownHooks hooks, OwnNotices own) {
        this.hooks = hooks;
        this.own = own;
        this.rounds = new RepeatingTask(vertx, "hooks", EVERY, Logger.Level.DEBUG, () -> hooks.refresh()
                .chain(own::send)
                .chain(hooks::markSome)
                .map(done -> next()));
    }

    private Optional<Duration> next() {
        if (hooks.any()) {
            return Optional.of(WHILE_THERE_ARE_HOOKS);
        }
        return hooks.wereSome() ? Optional.of(WHERE_THERE_WERE_SOME) : Optional.empty();
    }

    /** Before anything is begun. */
    void check(@Observes @Priority(1) StartupEvent event, HookConfig config) {
        HookConfig.check(config);
    }

    void start(@Observes StartupEvent event) {
        own.onNotice(rounds::soon);
        rounds.start();
        rounds.soon();
    }

    @Override
    public Map<Setting, String> versions() {
        return Map.of(Setting.HOOKS, hooks.version());
    }

    @Override
    public void readAgain() {
        rounds.soon();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }
}
