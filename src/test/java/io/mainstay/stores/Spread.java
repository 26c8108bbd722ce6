package io.mainstay.stores;

import io.mainstay.job.JobIds;
import io.mainstay.policy.PlaceStore;
import io.mainstay.policy.Policies;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.TwinUnderTest;
import java.time.Duration;

/** What one instance has of queues with partitions, over a store that others may share. */
record Spread(Policies policies, JobStore jobs, Resizer resizer) {

    private static final Resizer.Timing AT_ONCE =
            new Resizer.Timing(Duration.ZERO, Duration.ofSeconds(5), Duration.ZERO);

    static Spread over(TwinUnderTest store) {
        return over(store, store.store());
    }

    static Spread over(TwinUnderTest store, PlaceStore places) {
        Policies policies = new Policies(store.policies());
        InMemoryJobStore jobs = store.store();
        JobIds ids = new JobIds();
        ResizeSteps steps = new ResizeSteps(jobs, places, 1_000_000);
        return new Spread(
                policies,
                new PartitionedJobStore(jobs, policies, Duration.ZERO),
                new Resizer(steps, policies, store.policies(), ids, AT_ONCE));
    }
}
