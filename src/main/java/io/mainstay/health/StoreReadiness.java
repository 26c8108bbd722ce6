package io.mainstay.health;

import io.mainstay.queue.WorkerStatus;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready to take requests: the store answers, and shutdown has not begun. It reads through the store's own connections,
 * so it says what a request would find.
 */
@Singleton
@Readiness
class StoreReadiness implements AsyncHealthCheck {

    private final StoreProbe probe;
    private final Optional<WorkerStatus> workers;

    @Inject
    StoreReadiness(StoreProbe probe, Instance<WorkerStatus> workers) {
        this(probe, workers.isResolvable() ? Optional.of(workers.get()) : Optional.empty());
    }

    StoreReadiness(StoreProbe probe, Optional<WorkerStatus> workers) {
        this.probe = probe;
        this.workers = workers;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return probe.look().map(answer -> {
            boolean reached = answer instanceof StoreAnswer.Reached;
            boolean draining = workers.map(WorkerStatus::draining).orElse(false);
            HealthCheckResponseBuilder response = HealthCheckResponse.named("mainstay-store")
                    .status(reached && !draining)
                    .withData("draining", draining);
            if (answer instanceof StoreAnswer.Unreachable unreachable) {
                response.withData("reason", "the store did not answer within " + unreachable.waited());
            } else if (draining) {
                response.withData("reason", "shutting down");
            }
            return response.build();
        });
    }
}
