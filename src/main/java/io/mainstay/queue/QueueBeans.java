package io.mainstay.queue;

import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.queue.route.TargetLimits;
import io.mainstay.queue.route.TargetRoom;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes what has no scope of its own injectable, and refuses to start with values out of bounds. */
@Dependent
class QueueBeans {

    void check(@Observes StartupEvent event, JobsConfig jobs) {
        JobsConfig.check(jobs);
    }

    @Produces
    @Singleton
    JobIds jobIds() {
        return new JobIds();
    }

    @Produces
    @Singleton
    OwnQueue ownQueue(JobIds ids) {
        return new OwnQueue(QueueName.privateTo(ids.nextToken()));
    }

    /** Of nothing that has targets. */
    @Produces
    @Singleton
    @DefaultBean
    TargetLimits noTargetLimits() {
        return () -> TargetRoom.UNLIMITED;
    }

    /** Where workers are not listed. */
    @Produces
    @Singleton
    @DefaultBean
    WorkerContacts noWorkerContacts() {
        return new WorkerContacts() {};
    }

    /** Where none can be drained. */
    @Produces
    @Singleton
    @DefaultBean
    DrainedWorkers noDrainedWorkers() {
        return worker -> false;
    }

    /** For what is not about a job (that is Redis's clock): elapsed time, bounds of input. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
