package io.mainstay.workers;

import java.time.Instant;
import java.util.Optional;

/**
 * A worker that was seen recently.
 *
 * @param since when it was first seen without a longer silence
 * @param seen when it was last seen
 * @param profile what it announced; empty if only its name is known
 * @param drainedUntil until when it takes no jobs, if drained
 */
public record KnownWorker(
        WorkerId id, Instant since, Instant seen, Optional<WorkerProfile> profile, Optional<Instant> drainedUntil) {}
