package io.mainstay.health;

import io.mainstay.queue.JobStore;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.Recyclable;
import java.util.List;

/**
 * A store besides the first, as probes look at it.
 *
 * @param name as metrics and probes have it
 * @param jobs of that store alone
 * @param leases of that store alone
 * @param connections what is replaced when canaries do not come through it
 */
public record WatchedStore(
        String name, JobStore jobs, LeaseStore leases, StoreFitness fitness, List<Recyclable> connections) {

    public WatchedStore {
        connections = List.copyOf(connections);
    }

    /** All of them; most services have none. */
    public record All(List<WatchedStore> stores) {

        public All {
            stores = List.copyOf(stores);
        }
    }
}
