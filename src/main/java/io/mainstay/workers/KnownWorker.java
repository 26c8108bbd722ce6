package io.mainstay.workers;

import io.mainstay.queue.health.RecoveryList;
import java.time.Instant;
import java.util.Optional;

/**
 * A worker that was heard of lately.
 *
 * @param since when it was first heard of without a longer silence
 * @param seen when it was last heard of
 * @param profile what it said of itself; empty if nothing is known but its name
 * @param drainedUntil until when it is to take no jobs, if so
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
