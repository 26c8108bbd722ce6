package io.mainstay.health;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Looks whether this instance makes progress, on a thread of its own that shares nothing with what it looks at. At half
 * the stall limit it heals, at the limit it calls the instance dead. Nothing that is thrown ends it; should it end or
 * hang nevertheless, the instance counts as dead too. Reads are for any thread.
 */
@Singleton
class Watchdog implements WatchdogStatus {

    private static final Logger LOG = Logger.getLogger(Watchdog.class);

    /** Looks that may be missed before the process must have been frozen. */
    private static final int MISSED_LOOKS = 3;

    private static final int CHANCES_PER_INTERVAL = 4;

    private final HealthSignals signals;
    private final Healer healer;
    private final StallNews news;
    private final StallLimit limit;
    private final LongSupplier nanoTime;
    private final StallDetector detector;
    private Long askedAt;
    private ScheduledExecutorService thread;
    private volatile StallReport latest = StallReport.NOTHING_YET;
    private volatile long lookedAt;

    @Inject
    Watchdog(HealthSignals signals, Healer healer, StallNews news, StallLimit limit) {
        this(signals, healer, news, limit, System::nanoTime);
    }

    Watchdog(HealthSignals signals, Healer healer, StallNews news, StallLimit limit, LongSupplier nanoTime) {
        this.signals = signals;
        this.healer = healer;
        this.news = news;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.detector = new StallDetector(signals, limit.lookEvery().multipliedBy(MISSED_LOOKS), nanoTime);
        this.lookedAt = nanoTime.getAsLong();
    }

    void start(@Observes StartupEvent event) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "mainstay-watchdog");
            made.setDaemon(true);
            return made;
        });
        long every = limit.lookEvery().toMillis();
        thread.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    /** One look, and what follows from it. */
    void look() {
        try {
            long now = nanoTime.getAsLong();
            if (askedAt == null || now - askedAt >= askAgainAfter().toNanos()) {
                askedAt = now;
                signals.ask();
            }
            StallReport report = detector.detect();
            latest = report;
            news.tell(report);
            report.worst()
                    .filter(stall -> stall.lasting().compareTo(limit.healAfter()) >= 0)
                    .ifPresent(healer::heal);
            lookedAt = nanoTime.getAsLong();
        } catch (Throwable thrown) {
            // Not counted as a look: if it continues like this, liveness says so.
            LOG.error("a check of the watchdog failed; the next one follows", thrown);
        }
    }

    /** Sooner while a proof is missing, to know why before anything is done about it. */
    private Duration askAgainAfter() {
        Duration interval = limit.canaryInterval();
        return signals.canary.awaited() ? interval.dividedBy(CHANCES_PER_INTERVAL) : interval;
    }

    @Override
    public boolean alive() {
        return !asleep() && latest.lasting().compareTo(limit.stallAfter()) < 0;
    }

    @Override
    public Duration stalledFor() {
        return latest.lasting();
    }

    @Override
    public Optional<StallReason> reason() {
        return asleep() ? Optional.of(StallReason.WATCHDOG_DEAD) : stall().map(Stall::reason);
    }

    @Override
    public boolean ready() {
        return signals.someStoreAnswers() && !signals.workers.draining();
    }

    @Override
    public Duration canaryAge() {
        return signals.canary.age();
    }

    @Override
    public List<StoreStatus> stores() {
        return signals.stores();
    }

    /** What is wrong, in words. */
    Optional<String> text() {
        return asleep() ? Optional.of("the watchdog has not run for " + limit.stallAfter()) : stall().map(Stall::text);
    }

    Optional<String> excuse() {
        return latest.excuse();
    }

    private Optional<Stall> stall() {
        return latest.worst().filter(stall -> stall.lasting().compareTo(limit.healAfter()) >= 0);
    }

    private boolean asleep() {
        return nanoTime.getAsLong() - lookedAt > limit.stallAfter().toNanos();
    }
}
