package io.mainstay.worker;

import io.mainstay.queue.OwnQueue;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the configuration of the workers: refuses to start with values out of bounds, and takes apart what needs it. */
@Dependent
class WorkerBeans {

    /** Before anything is begun. */
    void check(@Observes @Priority(1) StartupEvent event, WorkerConfig worker, LeaseConfig lease) {
        WorkerConfig.check(worker);
        LeaseConfig.check(lease);
    }

    @Produces
    @Singleton
    QueueWeights queueWeights(WorkerConfig config, OwnQueue own) {
        return config.queues().map(QueueWeights::parse).orElse(QueueWeights.ALL).and(own.name());
    }
}
