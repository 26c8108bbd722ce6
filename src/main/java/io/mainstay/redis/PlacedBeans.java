package io.mainstay.redis;

import io.mainstay.bulk.BulkActionStore;
import io.mainstay.job.JobIds;
import io.mainstay.policy.Policies;
import io.mainstay.policy.PolicyChanges;
import io.mainstay.policy.PolicyStore;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.errors.ErrorStore;
import io.mainstay.queue.places.NewJobIds;
import io.mainstay.queue.places.QueuePlaces;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.errors.RedisErrorStore;
import io.mainstay.redis.policy.RedisPolicyCopy;
import io.mainstay.registry.QueueStore;
import io.mainstay.stores.PartitionTurns;
import io.mainstay.stores.PartitionedBulkActions;
import io.mainstay.stores.PartitionedErrors;
import io.mainstay.stores.PartitionedJobStore;
import io.mainstay.stores.PartitionedLoads;
import io.mainstay.stores.PartitionedQueueStore;
import io.mainstay.stores.ResizeRounds;
import io.mainstay.stores.ResizeSteps;
import io.mainstay.stores.Resizer;
import io.mainstay.stores.second.TwoBulkActionStores;
import io.mainstay.stores.second.TwoDueJobsStores;
import io.mainstay.stores.second.TwoErrorStores;
import io.mainstay.stores.second.TwoJobStores;
import io.mainstay.stores.second.TwoLoadStores;
import io.mainstay.stores.second.TwoPolicyStores;
import io.mainstay.stores.second.TwoQueueStores;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes what asks about queues as callers know them, over the store, which knows places. */
@Dependent
class PlacedBeans {

    @Produces
    @Singleton
    JobStore jobs(StorePair pair, Policies policies, RedisConfig config, CriticalStores critical) {
        JobStore places = jobsOf(pair);
        return critical.jobs(places, new PartitionedJobStore(places, policies, config.callTimeout()));
    }

    @Produces
    @Singleton
    NewJobIds newIds(StorePair pair, Policies policies, JobIds ids) {
        return new PartitionTurns(ids, policies, jobsOf(pair), InstantSource.system());
    }

    @Produces
    @Singleton
    QueueStore queues(
            StorePair pair, JobStore jobs, Policies policies, PolicyStore stored, JobIds ids, CriticalStores critical) {
        QueueStore queues = pair.together(store -> store.stores().queues(), TwoQueueStores::new);
        return critical.queues(new PartitionedQueueStore(queues, jobs, policies, stored, ids), jobs);
    }

    @Produces
    @Singleton
    BulkActionStore bulkActions(StorePair pair, QueuePlaces places, CriticalStores critical) {
        return new PartitionedBulkActions(
                pair.together(store -> store.stores().bulkActions(), TwoBulkActionStores::new),
                critical.bulkPlaces(places));
    }

    @Produces
    @Singleton
    ErrorStore errors(StorePair pair, QueuePlaces places) {
        return new PartitionedErrors(
                pair.<ErrorStore>together(store -> new RedisErrorStore(store.calls()), TwoErrorStores::new), places);
    }

    @Produces
    @Singleton
    PartitionedLoads loads(StorePair pair, QueuePlaces places) {
        return new PartitionedLoads(
                pair.together(store -> store.stores().loads(), TwoLoadStores::new),
                pair.together(store -> store.stores().dueJobs(), TwoDueJobsStores::new),
                places);
    }

    @Produces
    @Singleton
    PolicyStore policies(StorePair pair) {
        PolicyStore ofFirst = pair.first().policies();
        return pair.second()
                .<PolicyStore>map(second -> new TwoPolicyStores(ofFirst, new RedisPolicyCopy(second.calls())))
                .orElse(ofFirst);
    }

    @Produces
    @Singleton
    @Startup
    PolicyChanges policyChanges(
            StorePair pair,
            Policies policies,
            PolicyStore stored,
            JobsConfig jobs,
            JobIds ids,
            CriticalStores critical) {
        ResizeSteps steps = new ResizeSteps(jobsOf(pair), pair.first().places(), jobs.maxWaiting());
        Resizer resizer = new Resizer(steps, policies, stored, ids, Resizer.Timing.USUAL);
        new ResizeRounds(resizer).listen(policies);
        return critical.changes(resizer, policies);
    }

    private static JobStore jobsOf(StorePair pair) {
        return pair.together(store -> store.stores().jobs(), TwoJobStores::new);
    }
}
