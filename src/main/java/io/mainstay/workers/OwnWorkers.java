package io.mainstay.workers;

import io.mainstay.queue.Serving;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.WorkerStatus.RunningJob;
import io.mainstay.queue.names.InstanceName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the workers of this instance say of themselves. Thread-safe. */
@Singleton
class OwnWorkers {

    /** Two calls in a row may fail. */
    static final Duration KNOWN_FOR = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int JOBS_SHOWN = 20;

    private final WorkerId id;
    private final WorkerStatus status;
    private final OwnRecoveries recoveries;
    private final String version;

    OwnWorkers(
            InstanceName name,
            WorkerStatus status,
            OwnRecoveries recoveries,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.id = WorkerId.instance(name.value());
        this.status = status;
        this.recoveries = recoveries;
        this.version = version;
    }

    /** Nothing if none run here, or they are about to end. */
    Uni<Optional<Sighting>> sighting() {
        if (!status.enabled() || status.draining()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return status.running(JOBS_SHOWN)
                // Where the workers are stuck, all else can be said.
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(List.of())
                .map(jobs -> Optional.of(new Sighting(
                        id,
                        KNOWN_FOR,
                        Optional.of(profile(jobs)),
                        !status.drained(),
                        Duration.ZERO,
                        recoveries.news())));
    }

    /** The store has taken the latest sighting. */
    void heard() {
        recoveries.heard();
    }

    private WorkerProfile profile(List<RunningJob> jobs) {
        return new WorkerProfile(
                Optional.of(version),
                OptionalInt.of(status.concurrency()),
                new Serving(status.queues(), status.handlers()),
                status.busy(),
                jobs,
                Optional.of(recoveries.health()));
    }
}
