package io.mainstay.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started: the store was reached once. What becomes of it later is for the other probes. */
@Singleton
@Startup
class StoreStartup implements AsyncHealthCheck {

    private final StoreProbe probe;
    private volatile boolean reached;

    StoreStartup(StoreProbe probe) {
        this.probe = probe;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (reached) {
            return Uni.createFrom().item(response());
        }
        return probe.look().map(answer -> {
            if (answer instanceof StoreAnswer.Reached) {
                reached = true;
            }
            return response();
        });
    }

    private HealthCheckResponse response() {
        return HealthCheckResponse.named("mainstay-store-reached")
                .status(reached)
                .build();
    }
}
