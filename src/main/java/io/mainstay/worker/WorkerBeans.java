package io.mainstay.worker;

import io.mainstay.job.JobIds;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.WakeUps;
import io.mainstay.queue.Watchers;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gathers what the worker pool is made of. */
@Dependent
class WorkerBeans {

    @Produces
    @Singleton
    WorkerSettings settings(WorkerConfig worker, LeaseConfig lease, PollConfig poll, JobsConfig jobs, OwnQueue own) {
        QueueWeights queues = worker.queues()
                .map(QueueWeights::parse)
                .orElse(QueueWeights.ALL)
                .and(own.name());
        OutcomeLimits outcomes = new OutcomeLimits(jobs.maxPayload().asLongValue(), jobs.maxSnoozes());
        return WorkerSettings.of(worker, lease, poll, queues, outcomes);
    }

    @Produces
    @Singleton
    Surroundings surroundings(
            JobStore jobs,
            LeaseStore leases,
            WakeUps wakeUps,
            HandlerRegistry handlers,
            Watchers watchers,
            JobIds ids) {
        return new Surroundings(jobs, leases, wakeUps, handlers, watchers, ids);
    }
}
