package io.mainstay.worker;

import io.mainstay.job.JobIds;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.WakeUps;
import java.util.List;

/** What the workers need from outside their package. */
record Surroundings(
        JobStore jobs,
        LeaseStore leases,
        WakeUps wakeUps,
        HandlerRegistry handlers,
        List<JobObserver> observers,
        JobIds ids) {

    Surroundings {
        observers = List.copyOf(observers);
    }
}
