package io.mainstay.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * Started: the store was looked for once, whatever came of it. A start while the store is away is for readiness to tell;
 * to a platform that ends what does not start in time, it would be a reason to restart again and again.
 */
@Singleton
@Startup
class StartedCheck implements AsyncHealthCheck {

    private final StoreProbe probe;
    private volatile boolean reached;

    StartedCheck(StoreProbe probe) {
        this.probe = probe;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (reached) {
            return Uni.createFrom().item(response());
        }
        return probe.look().map(answer -> {
            reached = answer instanceof StoreAnswer.Reached;
            return response();
        });
    }

    private HealthCheckResponse response() {
        return HealthCheckResponse.named("mainstay-started")
                .up()
                .withData("storeReached", reached)
                .build();
    }
}
