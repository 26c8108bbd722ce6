package io.mainstay.worker;

import io.mainstay.queue.OwnQueue;
import io.mainstay.vertx.OwnLoops;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the configuration of the workers: refuses to start with values out of bounds, and takes apart what needs it. */
@Dependent
class WorkerBeans {

    private static final int LEAST_LOOPS = 2;
    private static final int MOST_LOOPS = 4;

    /** Before anything is begun. */
    void check(@Observes @Priority(1) StartupEvent event, WorkerConfig worker, LeaseConfig lease) {
        WorkerConfig.check(worker);
        LeaseConfig.check(lease);
    }

    /**
     * For asynchronous handlers of applications. One that blocks holds up those on its loop, but no claim, no extension of a lease
     * and no command: these live elsewhere.
     */
    @Produces
    @Singleton
    OwnLoops handlerLoops(Vertx vertx) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new OwnLoops(vertx, "mainstay-handler-loop-", Math.min(MOST_LOOPS, Math.max(LEAST_LOOPS, processors)));
    }

    void close(@Disposes OwnLoops handlerLoops) {
        handlerLoops.close();
    }

    @Produces
    @Singleton
    QueueWeights queueWeights(WorkerConfig config, OwnQueue own) {
        return config.queues().map(QueueWeights::parse).orElse(QueueWeights.ALL).and(own);
    }
}
