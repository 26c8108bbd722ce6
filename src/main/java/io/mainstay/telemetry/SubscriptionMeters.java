package io.mainstay.telemetry;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.SubscriptionState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Shows whether wake-ups arrive. Thread-safe. */
@Singleton
class SubscriptionMeters implements ConnectionObserver {

    private final MeterRegistry registry;
    private final String store;
    private final LongSupplier nanoTime;
    private final Timer travelled;
    private volatile SubscriptionState state = SubscriptionState.CONNECTING;
    private volatile long lastProof;
    private volatile boolean proven;

    @Inject
    SubscriptionMeters(MeterRegistry registry) {
        this(registry, StoreLabel.FIRST, System::nanoTime);
    }

    SubscriptionMeters(MeterRegistry registry, String store, LongSupplier nanoTime) {
        this.registry = registry;
        this.store = store;
        this.nanoTime = nanoTime;
        for (SubscriptionState each : SubscriptionState.values()) {
            Gauge.builder("mainstay.subscription.state", () -> state == each ? 1 : 0)
                    .description("1 for the current state of the subscription to wake-ups, 0 for the others")
                    .tag(StoreLabel.NAME, store)
                    .tag("state", label(each))
                    .register(registry);
            transitions(each);
        }
        Gauge.builder("mainstay.subscription.canary.age", this::secondsSinceProof)
                .description("Time since this instance last received a wake-up that it sent to itself")
                .tag(StoreLabel.NAME, store)
                .baseUnit("seconds")
                .register(registry);
        travelled = Timer.builder("mainstay.subscription.canary.travel")
                .description("Travel time of a wake-up that this instance sends to itself")
                .tag(StoreLabel.NAME, store)
                .register(registry);
    }

    @Override
    public ConnectionObserver ofStore(String other) {
        return new SubscriptionMeters(registry, other, nanoTime);
    }

    @Override
    public void subscriptionChanged(SubscriptionState to) {
        state = to;
        transitions(to).increment();
    }

    @Override
    public void wakeUpProven(Duration took) {
        lastProof = nanoTime.getAsLong();
        proven = true;
        travelled.record(took);
    }

    @Override
    public void maintenanceAnnounced(String kind) {
        Counter.builder("mainstay.redis.maintenance.notices")
                .description("Maintenance announced by Redis")
                .tag(StoreLabel.NAME, store)
                .tag("notification", kind)
                .register(registry)
                .increment();
    }

    private Counter transitions(SubscriptionState to) {
        return Counter.builder("mainstay.subscription.transitions")
                .description("State changes of the subscription, by new state")
                .tag(StoreLabel.NAME, store)
                .tag("to", label(to))
                .register(registry);
    }

    private double secondsSinceProof() {
        return proven ? (nanoTime.getAsLong() - lastProof) / (double) TimeUnit.SECONDS.toNanos(1) : Double.NaN;
    }

    private static String label(SubscriptionState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
