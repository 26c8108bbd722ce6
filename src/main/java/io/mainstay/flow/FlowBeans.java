package io.mainstay.flow;

import io.mainstay.job.Job;
import io.mainstay.queue.JobObserver;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Makes what needs more than its constructor's types to be known. */
class FlowBeans {

    /** A step takes two calls, each of which ends within a few seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Produces
    @Singleton
    FlowSteps steps(FlowStore flows, FlowJobs jobs, FlowsConfig config, Instance<JobObserver> observers) {
        FlowStore.Limits limits = new FlowStore.Limits(
                PATIENCE, config.recheck(), config.maxAge(), config.maxResult().asLongValue());
        return new FlowSteps(flows, jobs, limits, placed -> tell(placed, observers));
    }

    /** Not before somebody is told: one of the observers wants these steps itself. */
    private static void tell(Placed placed, Instance<JobObserver> observers) {
        if (placed.changed().isEmpty()) {
            return;
        }
        Job job = placed.changed().get();
        for (JobObserver observer : observers) {
            if (placed.created()) {
                observer.enqueued(job, true);
            } else if (!(observer instanceof FlowNews)) {
                observer.moved(job);
            }
        }
    }
}
