package io.mainstay.lease.claim;

import io.mainstay.lease.LeasesConfig;
import io.mainstay.queue.DrainedWorkers;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.handlers.HeldHandlers;
import io.mainstay.queue.places.QueuePlaces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what waits, as configured, and refuses to start with values out of bounds. */
@Dependent
class ClaimBeans {

    /** Before anything is begun. */
    void check(@Observes @Priority(1) StartupEvent event, LeasesConfig config) {
        LeasesConfig.check(config);
    }

    @Produces
    @Singleton
    LineClaims.Outside outside(
            LeaseStore store,
            ClaimNames names,
            LeaseEvents events,
            GiveBack giveBack,
            HeldHandlers held,
            QueuePlaces places) {
        return new LineClaims.Outside(store, names, events, giveBack, held, places);
    }

    @Produces
    @Singleton
    Waiters waiters(
            ClaimLoop loop,
            LineClaims.Outside outside,
            DrainedWorkers drained,
            LeasesConfig config,
            MeterRegistry registry) {
        Waiters waiters = new Waiters(loop, outside, drained, config.maxWaiters());
        Gauge.builder("mainstay.leases.waiting", waiters, Waiters::count)
                .description("Requests of workers that are waiting for jobs")
                .register(registry);
        return waiters;
    }
}
