package io.mainstay.health;

import io.mainstay.queue.WorkerStatus;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive means that jobs flow, or have a reason not to; down only where a restart helps. Says what the {@link Watchdog}
 * found, and asks nobody: it answers from whichever event loop the request came on, stuck threads or not.
 */
@Singleton
@Liveness
class WorkerLiveness implements AsyncHealthCheck {

    private final Watchdog watchdog;
    private final HealthSignals signals;
    private final Healer healer;

    WorkerLiveness(Watchdog watchdog, HealthSignals signals, Healer healer) {
        this.watchdog = watchdog;
        this.signals = signals;
        this.healer = healer;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::respond);
    }

    private HealthCheckResponse respond() {
        WorkerStatus workers = signals.workers;
        HealthCheckResponseBuilder response = HealthCheckResponse.named("mainstay-workers")
                .status(watchdog.alive())
                .withData("stalledMs", watchdog.stalledFor().toMillis())
                .withData("canaryAgeMs", watchdog.canaryAge().toMillis())
                .withData("latestClaim", signals.claims.latest().name())
                .withData("storeAnswers", signals.storeAnswers())
                .withData("storeTakesWrites", signals.canary.taken())
                .withData("drained", workers.drained())
                .withData("busy", workers.busy())
                .withData("concurrency", workers.concurrency())
                .withData("lost", workers.stuck())
                .withData("overdue", workers.overdue())
                .withData("unsettled", workers.unsettled())
                .withData("heals", healer.heals());
        workers.sinceLastClaim().ifPresent(since -> response.withData("lastGoodRoundMs", since.toMillis()));
        watchdog.excuse().ifPresent(excuse -> response.withData("excuse", excuse));
        watchdog.text().ifPresent(text -> response.withData("reason", text));
        return response.build();
    }
}
