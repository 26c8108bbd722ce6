package io.mainstay.maintenance;

import io.mainstay.job.InvalidValueException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Does something again and again, one round after the other, for as long as the process lives. Each round ends, by
 * itself or by its bound, and whatever came of it the next one follows. The wait is spread by a quarter either way, so
 * that instances started together do not work together. Thread-safe.
 *
 * <p>Rejected: {@code @Scheduled} with concurrent execution skipped. It knows no jitter, and a round that never ends
 * would be the last one.
 */
final class Rounds {

    private static final Logger LOG = Logger.getLogger(Rounds.class);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);
    private static final int SOONER = 50;

    private final Vertx vertx;
    private final String name;
    private final Duration interval;
    private final Supplier<Uni<Boolean>> round;
    private volatile boolean stopped;

    /** @param round answers whether there is more to do, so that the next round should come soon */
    Rounds(Vertx vertx, String name, Duration interval, Supplier<Uni<Boolean>> round) {
        this.vertx = vertx;
        this.name = name;
        this.interval = interval;
        this.round = round;
    }

    static Duration checked(String key, Duration interval, Duration least, Duration most) {
        if (interval.compareTo(least) < 0 || interval.compareTo(most) > 0) {
            throw new InvalidValueException(key, interval, "between " + least + " and " + most);
        }
        return interval;
    }

    void start() {
        next(interval);
    }

    /** No round begins after this. */
    void stop() {
        stopped = true;
    }

    private void next(Duration wait) {
        if (!stopped) {
            long half = wait.toMillis() / 2;
            long jittered =
                    wait.toMillis() - half / 2 + ThreadLocalRandom.current().nextLong(half + 1);
            vertx.setTimer(Math.max(1, jittered), fired -> run());
        }
    }

    private void run() {
        if (stopped) {
            return;
        }
        Uni.createFrom()
                .deferred(() -> round.get())
                .ifNoItem()
                .after(LONGEST_ROUND)
                .fail()
                .subscribe()
                .with(more -> next(more ? interval.dividedBy(SOONER) : interval), failure -> {
                    LOG.warnf(failure, "round of '%s' failed; the next one comes as usual", name);
                    next(interval);
                });
    }
}
