package io.mainstay.telemetry;

import io.mainstay.health.HealObserver;
import io.mainstay.health.StallReason;
import io.mainstay.health.StoreStatus;
import io.mainstay.health.WatchdogStatus;
import io.mainstay.queue.Recyclable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;

/** Shows what the watchdog finds and does. */
@Singleton
class WatchdogMeters implements HealObserver {

    private final MeterRegistry registry;

    WatchdogMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void start(@Observes StartupEvent event, Instance<WatchdogStatus> watchdog, @All List<Recyclable> recyclables) {
        expect(recyclables);
        if (watchdog.isResolvable()) {
            show(watchdog.get());
        }
    }

    void show(WatchdogStatus watchdog) {
        Gauge.builder("mainstay.watchdog.alive", () -> watchdog.alive() ? 1 : 0)
                .description("1 while jobs flow or have a reason not to, 0 when liveness is down")
                .register(registry);
        Gauge.builder("mainstay.ready", () -> watchdog.ready() ? 1 : 0)
                .description("1 while a store answers and shutdown has not begun, as readiness says")
                .register(registry);
        seconds(
                watchdog,
                "mainstay.watchdog.stalled",
                "Time without progress and without an excuse",
                WatchdogStatus::stalledFor);
        watchdog.stores().forEach(this::show);
    }

    private void show(StoreStatus store) {
        Gauge.builder("mainstay.store.ready", () -> store.takesJobs() ? 1 : 0)
                .description("1 while the store answers and accepts writes")
                .tag(StoreLabel.NAME, store.name())
                .register(registry);
        Gauge.builder("mainstay.canary.age", () -> store.canaryAge().toMillis() / 1000.0)
                .description("Time since a canary job last ran")
                .tag(StoreLabel.NAME, store.name())
                .baseUnit("seconds")
                .register(registry);
    }

    /** The first heal should be an increase, not a new series: {@code increase()} does not see those. */
    void expect(List<Recyclable> recyclables) {
        for (Recyclable each : recyclables) {
            EnumSet.complementOf(EnumSet.of(StallReason.WATCHDOG_DEAD)).forEach(reason -> heals(each.name(), reason));
        }
    }

    @Override
    public void healed(String what, StallReason reason) {
        heals(what, reason).increment();
    }

    private Counter heals(String what, StallReason reason) {
        return Counter.builder("mainstay.watchdog.heals")
                .description("Parts replaced by the watchdog, and why")
                .tag("what", what)
                .tag("reason", reason.slug())
                .register(registry);
    }

    private void seconds(
            WatchdogStatus watchdog, String name, String description, Function<WatchdogStatus, Duration> value) {
        Gauge.builder(name, () -> value.apply(watchdog).toMillis() / 1000.0)
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }
}
