package io.mainstay.telemetry;

import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.WorkerTroubles;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** Shows how the workers of this instance are doing. */
@Singleton
class WorkerGauges {

    private final MeterRegistry registry;

    WorkerGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    void start(@Observes StartupEvent event, Instance<WorkerStatus> workers) {
        if (workers.isResolvable()) {
            show(workers.get());
        }
    }

    void show(WorkerStatus workers) {
        gauge(workers, "mainstay.worker.concurrency", "Jobs that may run at the same time", WorkerStatus::concurrency);
        gauge(workers, "mainstay.worker.busy", "Jobs that run now", WorkerStatus::busy);
        gauge(
                workers,
                "mainstay.worker.drained",
                "1 while an operator has drained this instance",
                each -> each.drained() ? 1 : 0);
        gauge(workers, "mainstay.worker.unsettled", "Reports the store has not answered yet", WorkerStatus::unsettled);
        gauge(workers, "mainstay.worker.overdue", "Stopped handlers that still run", WorkerStatus::overdue);
        gauge(workers, "mainstay.worker.lost", "Workers held by attempts past their time-out", WorkerStatus::stuck);
        Gauge.builder("mainstay.worker.last.good.round.age", () -> secondsSinceLastGoodRound(workers))
                .description("Time since the store last answered a claim")
                .baseUnit("seconds")
                .register(registry);
        trouble(workers, "unexpected", WorkerTroubles::unexpected);
        trouble(workers, "failed_call", WorkerTroubles::failedCalls);
        trouble(workers, "timeout", WorkerTroubles::timeouts);
        trouble(workers, "lost_lease", WorkerTroubles::lostLeases);
        trouble(workers, "abandoned", WorkerTroubles::abandoned);
    }

    private void gauge(WorkerStatus workers, String name, String description, ToDoubleFunction<WorkerStatus> value) {
        Gauge.builder(name, () -> value.applyAsDouble(workers))
                .description(description)
                .register(registry);
    }

    private void trouble(WorkerStatus workers, String kind, ToDoubleFunction<WorkerTroubles> count) {
        FunctionCounter.builder("mainstay.worker.troubles", workers, each -> count.applyAsDouble(each.troubles()))
                .description("Faults in the workers of this instance")
                .tag("kind", kind)
                .register(registry);
    }

    private static double secondsSinceLastGoodRound(WorkerStatus workers) {
        return workers.sinceLastClaim()
                .map(Duration::toMillis)
                .map(ms -> ms / 1000.0)
                .orElse(Double.NaN);
    }
}
