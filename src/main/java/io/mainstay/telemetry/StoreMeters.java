package io.mainstay.telemetry;

import io.mainstay.health.StoreFitness;
import io.mainstay.health.StoreStatus;
import io.mainstay.health.WatchdogStatus;
import io.mainstay.health.WatchedStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** Shows whether stores take writes: one that is full, or read-only, answers and is no use. */
@Singleton
class StoreMeters {

    private final MeterRegistry registry;

    StoreMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void start(
            @Observes StartupEvent event,
            Instance<WatchdogStatus> watchdog,
            StoreFitness first,
            WatchedStore.All others) {
        if (watchdog.isResolvable()) {
            watchdog.get().stores().forEach(store -> show(store, fitness(store.name(), first, others)));
        }
    }

    void show(StoreStatus store, StoreFitness fitness) {
        Gauge.builder("mainstay.store.writable", () -> writable(store, fitness))
                .description("0 while the store answers but refuses writes, 1 while it accepts them")
                .tag(StoreLabel.NAME, store.name())
                .register(registry);
    }

    private static double writable(StoreStatus store, StoreFitness fitness) {
        if (fitness.writeRefusal().isPresent()) {
            return 0;
        }
        return store.takesJobs() ? 1 : Double.NaN;
    }

    private static StoreFitness fitness(String name, StoreFitness first, WatchedStore.All others) {
        return others.stores().stream()
                .filter(each -> each.name().equals(name))
                .map(WatchedStore::fitness)
                .findFirst()
                .orElse(first);
    }
}
