package io.mainstay.workers;

import java.util.List;
import java.util.Optional;

/**
 * Workers, instances first, each kind by name.
 *
 * @param next behind which the next page begins; empty on the last
 */
public record WorkerPage(List<KnownWorker> workers, Optional<WorkerId> next) {

    public WorkerPage {
        workers = List.copyOf(workers);
    }
}
