package io.mainstay.workers;

import io.mainstay.queue.health.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A worker was seen.
 *
 * @param knownFor how long it is known without another request; zero: it leaves
 * @param profile what it announces; empty if nothing this time
 * @param takesJobs whether it would take jobs, so that one that it serves does not wait for a worker
 * @param ago how long ago that was
 * @param recoveries those of an instance, if there are other ones than it said before
 */
public record Sighting(
        WorkerId worker,
        Duration knownFor,
        Optional<WorkerProfile> profile,
        boolean takesJobs,
        Duration ago,
        Optional<List<Recovery>> recoveries) {

    public Sighting(
            WorkerId worker, Duration knownFor, Optional<WorkerProfile> profile, boolean takesJobs, Duration ago) {
        this(worker, knownFor, profile, takesJobs, ago, Optional.empty());
    }

    /** Just now. */
    public Sighting(WorkerId worker, Duration knownFor, Optional<WorkerProfile> profile, boolean takesJobs) {
        this(worker, knownFor, profile, takesJobs, Duration.ZERO);
    }

    public boolean goes() {
        return knownFor.isZero();
    }
}
