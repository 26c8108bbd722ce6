package io.mainstay.health;

import io.mainstay.queue.WorkerStatus;
import io.mainstay.security.SecurityConfig;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready to take requests: the store answers and is not refused for how it is set up, and shutdown has not begun. It reads through the store's own connections,
 * so it says what a request would find. Where the store has shards one that answers is enough: another instance would find the
 * same dead, and none at all would be ready for the queues of the others.
 */
@Singleton
@Readiness
class StoreReadiness implements AsyncHealthCheck {

    private final StoreProbe probe;
    private final StoreFitness fitness;
    private final Optional<WorkerStatus> workers;
    private final boolean secured;

    @Inject
    StoreReadiness(StoreProbe probe, StoreFitness fitness, Instance<WorkerStatus> workers, SecurityConfig security) {
        this(
                probe,
                fitness,
                workers.isResolvable() ? Optional.of(workers.get()) : Optional.empty(),
                security.enabled());
    }

    StoreReadiness(StoreProbe probe, StoreFitness fitness, Optional<WorkerStatus> workers, boolean secured) {
        this.secured = secured;
        this.probe = probe;
        this.fitness = fitness;
        this.workers = workers;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return probe.look().map(answer -> {
            boolean reached = answer instanceof StoreAnswer.Reached;
            Optional<String> refusal = fitness.refusal();
            List<String> warnings = fitness.warnings();
            boolean draining = workers.map(WorkerStatus::draining).orElse(false);
            HealthCheckResponseBuilder response = HealthCheckResponse.named("mainstay-store")
                    .status(reached && !draining && refusal.isEmpty())
                    .withData("draining", draining)
                    .withData("security", secured);
            if (answer instanceof StoreAnswer.Reached some && !some.silent().isEmpty()) {
                response.withData("silentShards", String.join(", ", some.silent()));
            }
            if (!warnings.isEmpty()) {
                response.withData("warnings", String.join("; ", warnings));
            }
            if (refusal.isPresent()) {
                response.withData("reason", refusal.get());
            } else if (answer instanceof StoreAnswer.Unreachable unreachable) {
                response.withData("reason", "the store did not answer within " + unreachable.waited());
            } else if (draining) {
                response.withData("reason", "shutting down");
            }
            return response.build();
        });
    }
}
