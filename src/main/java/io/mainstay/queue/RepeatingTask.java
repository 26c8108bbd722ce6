package io.mainstay.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Repeats a task, one round after the other, for the lifetime of the process. Each round ends, on its own or by its time
 * limit, and the next one follows whatever its outcome. The wait is spread by a quarter either way, so that instances started
 * together do not work together. Thread-safe.
 *
 * <p>A round that fails keeps the pace: where the one before asked for the next within some time, so does this one, within no less than a
 * second.
 *
 * <p>Rejected: {@code @Scheduled} with concurrent execution skipped. It knows no jitter, and a round that never ends
 * would be the last one.
 */
public final class RepeatingTask {

    private static final Logger LOG = Logger.getLogger(RepeatingTask.class);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);
    /** Instances that wait for the same moment do not all come in the same one. */
    private static final int JITTER_MS = 4;

    private static final Duration LEAST_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final String name;
    private final Duration interval;
    private final Logger.Level failures;
    private final Supplier<Uni<Optional<Duration>>> round;
    private volatile boolean stopped;
    private volatile long timer = -1;
    private volatile Optional<Duration> pace = Optional.empty();

    /**
     * @param name for the log
     * @param interval between two rounds
     * @param failures how failed rounds are logged
     * @param round answers how soon the next one should come, if before its time
     */
    public RepeatingTask(
            Vertx vertx,
            String name,
            Duration interval,
            Logger.Level failures,
            Supplier<Uni<Optional<Duration>>> round) {
        this.vertx = vertx;
        this.name = name;
        this.interval = interval;
        this.failures = failures;
        this.round = round;
    }

    public void start() {
        next(Optional.empty());
    }

    /** No round begins after this. */
    public void stop() {
        stopped = true;
    }

    /** Begins the next round now, unless one is under way. */
    public void soon() {
        if (vertx.cancelTimer(timer)) {
            run();
        }
    }

    private void next(Optional<Duration> sooner) {
        if (stopped) {
            return;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long half = interval.toMillis() / 2;
        long usual = interval.toMillis() - half / 2 + random.nextLong(half + 1);
        long wait = sooner.map(time -> Math.min(usual, time.toMillis() + 1 + random.nextInt(JITTER_MS)))
                .orElse(usual);
        timer = vertx.setTimer(Math.max(1, wait), fired -> run());
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
                .with(
                        sooner -> {
                            pace = sooner;
                            next(sooner);
                        },
                        failure -> {
                            LOG.logf(failures, failure, "a round of '%s' failed; the next one follows as usual", name);
                            next(pace.map(wait -> Collections.max(List.of(wait, LEAST_AFTER_FAILURE))));
                        });
    }
}
