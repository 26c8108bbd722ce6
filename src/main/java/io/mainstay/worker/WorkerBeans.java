package io.mainstay.worker;

import io.mainstay.job.JobIds;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.WakeUps;
import io.quarkus.arc.All;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

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
        return WorkerSettings.of(worker, lease, poll, queues, jobs.maxPayload().asLongValue());
    }

    @Produces
    @Singleton
    Surroundings surroundings(
            JobStore jobs,
            LeaseStore leases,
            WakeUps wakeUps,
            HandlerRegistry handlers,
            @All List<JobObserver> observers,
            JobIds ids) {
        return new Surroundings(jobs, leases, wakeUps, handlers, observers, ids);
    }
}
