package io.mainstay.http.targets;

import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.route.TargetLimits;
import io.mainstay.queue.route.TargetRoom;
import io.mainstay.queue.route.TargetTrouble;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * All targets of this instance: which may be called, and how many workers each may have. Bounded; those that were not called for longest
 * and of which there is nothing to know are forgotten. Thread-safe.
 *
 * <p>A target may always have its share of the workers, and more while as many are free as are kept for others. So one target with slow
 * answers can have most workers, as it should if nobody else wants them, and never all.
 */
@Singleton
public class Targets implements TargetLimits, TargetTrouble {

    static final int MOST = 1000;

    private static final Logger LOG = Logger.getLogger(Targets.class);

    private final TargetConfig config;
    /** Not itself: the workers are made of handlers, one of which asks for this. */
    private final Supplier<WorkerStatus> pool;

    private final LongSupplier nanoTime;
    private final Timers timers;
    private final TargetMeters meters;
    private final Map<String, Target> byOrigin = new LinkedHashMap<>(16, 0.75f, true);
    private volatile Runnable onRoom = () -> {};
    private volatile boolean heeded;

    /** Runs something later. */
    interface Timers {
        void after(Duration wait, Runnable task);
    }

    @Inject
    Targets(TargetConfig config, Instance<WorkerStatus> pool, Vertx vertx, MeterRegistry registry) {
        this(
                config,
                pool::get,
                System::nanoTime,
                (wait, task) -> vertx.setTimer(Math.max(1, wait.toMillis()), fired -> task.run()),
                new TargetMeters(registry));
    }

    Targets(
            TargetConfig config,
            Supplier<WorkerStatus> pool,
            LongSupplier nanoTime,
            Timers timers,
            TargetMeters meters) {
        TargetConfig.check(config);
        this.config = config;
        this.pool = pool;
        this.nanoTime = nanoTime;
        this.timers = timers;
        this.meters = meters;
        meters.open(this::open);
    }

    /** Empty if the target is to be left alone just now. */
    public synchronized Optional<Pass> admit(String origin) {
        Target target = of(origin);
        if (!target.breaker.admits(nanoTime.getAsLong())) {
            meters.ended(origin, "given-back");
            return Optional.empty();
        }
        target.running++;
        target.budget.requested();
        return Optional.of(new Pass(this, target, target.breaker.begin()));
    }

    /**
     * Whether claims ask for the room there is. If they do not, a job that is given back would be claimed again at once, in front of all
     * others.
     */
    public boolean areHeeded() {
        return heeded;
    }

    @Override
    public synchronized TargetRoom room() {
        heeded = true;
        long now = nanoTime.getAsLong();
        Shares shares = Shares.of(config, pool.get());
        Map<String, Integer> rooms = new HashMap<>();
        for (Target target : byOrigin.values()) {
            if (!target.isIdle()) {
                int room = shares.roomOf(target, now);
                target.awaited = room == 0;
                rooms.put(target.origin, room);
            }
        }
        return new TargetRoom(shares.most(), bounded(rooms));
    }

    /** Those with the least room. */
    private static Map<String, Integer> bounded(Map<String, Integer> rooms) {
        return rooms.size() <= TargetRoom.MOST
                ? rooms
                : rooms.entrySet().stream()
                        .sorted(Comparator.comparingInt(Map.Entry::getValue))
                        .limit(TargetRoom.MOST)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void onRoom(Runnable task) {
        onRoom = task;
    }

    @Override
    public synchronized boolean isLeftAlone(String origin) {
        Target target = byOrigin.get(origin);
        return target != null && !target.breaker.admits(nanoTime.getAsLong());
    }

    @Override
    public synchronized Optional<Holder> largest() {
        return byOrigin.values().stream()
                .max(Comparator.comparingInt(target -> target.running))
                .filter(target -> target.running > 0)
                .map(target -> new Holder(target.origin, target.running));
    }

    @Override
    public synchronized Optional<Holder> full(String origin) {
        Target target = byOrigin.get(origin);
        if (target == null || target.running == 0) {
            return Optional.empty();
        }
        int room = Shares.of(config, pool.get()).roomOf(target, nanoTime.getAsLong());
        return room > 0 ? Optional.empty() : Optional.of(new Holder(target.origin, target.running));
    }

    /** Of how many targets there is an open breaker. */
    synchronized int open() {
        return (int) byOrigin.values().stream()
                .filter(target -> target.breaker.isOpen())
                .count();
    }

    void answered(Target target) {
        synchronized (this) {
            target.running--;
            target.breaker.succeeded();
        }
        meters.ended(target.origin, "answered");
        roomAgain(target);
    }

    Duration failed(Target target, boolean probe) {
        long wait;
        boolean opened;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            target.running--;
            opened = target.breaker.failed(probe, now);
            wait = target.budget.take(now);
            if (target.breaker.isOpen() && (opened || probe)) {
                // For those who may be waiting for nothing else.
                timers.after(Duration.ofNanos(target.breaker.openUntil() - now), () -> onRoom.run());
            }
        }
        if (opened) {
            LOG.warnf(
                    "%s failed repeatedly; nothing is sent to it except one request from time to time", target.origin);
        }
        meters.ended(target.origin, "failed");
        roomAgain(target);
        return Duration.ofNanos(wait);
    }

    void abandoned(Target target, boolean probe) {
        synchronized (this) {
            target.running--;
            target.breaker.abandoned(probe);
        }
        roomAgain(target);
    }

    /** Whoever was told that there is none hears of it. */
    private void roomAgain(Target target) {
        boolean tell;
        synchronized (this) {
            tell = target.awaited;
            target.awaited = false;
        }
        if (tell) {
            onRoom.run();
        }
    }

    private Target of(String origin) {
        Target known = byOrigin.get(origin);
        if (known != null) {
            return known;
        }
        if (byOrigin.size() >= MOST) {
            byOrigin.values().stream()
                    .filter(Target::isIdle)
                    .findFirst()
                    .ifPresent(idle -> byOrigin.remove(idle.origin));
        }
        Target target = new Target(
                origin,
                new Breaker(
                        config.failures(),
                        config.pause().toNanos(),
                        config.maxPause().toNanos()),
                new RetryBudget(config.retryBudget(), nanoTime.getAsLong()));
        if (byOrigin.size() < MOST) {
            byOrigin.put(origin, target);
        }
        return target;
    }
}
