package io.mainstay.workers;

import io.mainstay.queue.health.RecoveryList;
import java.time.Instant;
import java.util.Optional;

/**
 * A worker that was seen recently.
 *
 * @param since when it was first seen without a longer silence
 * @param seen when it was last seen
 * @param profile what it announced; empty if only its name is known
 * @param drainedUntil until when it takes no jobs, if drained
 * @param recoveries of an instance
 */
public record KnownWorker(
        WorkerId id,
        Instant since,
        Instant seen,
        Optional<WorkerProfile> profile,
        Optional<Instant> drainedUntil,
        RecoveryList recoveries) {

    KnownWorker drainedUntil(Instant end) {
        return new KnownWorker(id, since, seen, profile, Optional.of(end), recoveries);
    }
}
