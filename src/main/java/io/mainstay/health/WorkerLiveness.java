package io.mainstay.health;

import io.mainstay.queue.WorkerStatus;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive means that the workers move, or have a reason not to. Down when free workers went without an answered claim for
 * {@code mainstay.health.stall-after} though the store answers probes: then a restart helps. A store that is away, full
 * workers, no queue to claim from and shutdown are reasons; that every thread is held by handlers that were stopped
 * and run on is none, for nothing but a restart ends that.
 */
@Singleton
@Liveness
class WorkerLiveness implements AsyncHealthCheck {

    private final StoreProbe probe;
    private final Optional<WorkerStatus> workers;
    private final Duration stallAfter;
    private final Clock clock;
    /** When a probe last saw a reason not to move, or the start. */
    private Instant excusedAt;

    @Inject
    WorkerLiveness(StoreProbe probe, Instance<WorkerStatus> workers, StallLimit limit, Clock clock) {
        this(probe, workers.isResolvable() ? Optional.of(workers.get()) : Optional.empty(), limit, clock);
    }

    WorkerLiveness(StoreProbe probe, Optional<WorkerStatus> workers, StallLimit limit, Clock clock) {
        this.probe = probe;
        this.workers = workers;
        this.stallAfter = limit.stallAfter();
        this.clock = clock;
        this.excusedAt = clock.instant();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return probe.look().map(answer -> workers.map(each -> respond(answer, each))
                .orElseGet(() -> response(answer).up().build()));
    }

    private synchronized HealthCheckResponse respond(StoreAnswer answer, WorkerStatus status) {
        Instant now = clock.instant();
        if (excused(answer, status)) {
            excusedAt = now;
        }
        Duration still = Duration.between(excusedAt, now);
        Duration sinceRound = status.sinceLastGoodRound().orElse(still);
        boolean stalled = still.compareTo(stallAfter) > 0 && sinceRound.compareTo(stallAfter) > 0;
        HealthCheckResponseBuilder response = response(answer)
                .status(!stalled)
                .withData("busy", status.busy())
                .withData("concurrency", status.concurrency())
                .withData("overdue", status.overdue())
                .withData("unsettled", status.unsettled());
        status.sinceLastGoodRound().ifPresent(since -> response.withData("lastGoodRoundMs", since.toMillis()));
        if (stalled) {
            response.withData("reason", "free workers, a store that answers, and no claim for " + stallAfter);
        }
        return response.build();
    }

    private static boolean excused(StoreAnswer answer, WorkerStatus status) {
        boolean somethingToClaim = answer instanceof StoreAnswer.Reached reached && reached.queues() > 0;
        return !somethingToClaim || !status.enabled() || status.draining() || status.busy() >= status.concurrency();
    }

    private static HealthCheckResponseBuilder response(StoreAnswer answer) {
        return HealthCheckResponse.named("mainstay-workers")
                .withData("storeAnswers", answer instanceof StoreAnswer.Reached);
    }
}
