package io.mainstay.redis;

import io.mainstay.policy.Policies;
import io.mainstay.policy.PolicyChanges;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.RepeatingTask;
import io.mainstay.redis.policy.RedisDiversionMarks;
import io.mainstay.redis.store.DurabilityConfig;
import io.mainstay.registry.QueueStore;
import io.mainstay.stores.second.ActiveActive;
import io.mainstay.stores.second.CriticalJobStore;
import io.mainstay.stores.second.CriticalPolicyChanges;
import io.mainstay.stores.second.CriticalQueueStore;
import io.mainstay.stores.second.Diversions;
import io.mainstay.stores.second.PolicyQueues;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Puts critical queues over both stores. Where there is one store, all is left as it is and nothing runs. */
@Singleton
class CriticalStores {

    private static final Duration MARKS_READ_EVERY = Duration.ofMillis(1500);

    private final StorePair pair;
    private final PolicyQueues critical;
    private final ActiveActive.Patience patience;
    private final Optional<Diversions> diversions;
    private final Optional<RepeatingTask> marks;

    CriticalStores(
            Vertx vertx, StorePair pair, Policies policies, SecondStoreConfig config, DurabilityConfig durability) {
        this.pair = pair;
        this.critical = new PolicyQueues(policies);
        this.patience = new ActiveActive.Patience(
                config.divertAfter(), config.divertAfter().plus(durability.timeout()));
        this.diversions = pair.second()
                .map(second -> new Diversions(
                        new RedisDiversionMarks(second.calls(), second.stores().clock()),
                        pair.first().wakeUps()::live));
        this.marks = diversions.map(known -> new RepeatingTask(
                vertx, "diversions", MARKS_READ_EVERY, Logger.Level.DEBUG, () -> known.refresh(critical.all())
                        .replaceWith(Optional.empty())));
    }

    void start(@Observes StartupEvent event) {
        marks.ifPresent(RepeatingTask::start);
        marks.ifPresent(RepeatingTask::soon);
    }

    void stop(@Observes ShutdownEvent event) {
        marks.ifPresent(RepeatingTask::stop);
    }

    /**
     * @param places of places
     * @param others of queues that are not critical
     */
    JobStore jobs(JobStore places, JobStore others) {
        return diversions
                .<JobStore>map(known ->
                        new CriticalJobStore(places, others, critical, new ActiveActive(places, known, patience)))
                .orElse(others);
    }

    QueueStore queues(QueueStore queues, JobStore jobs) {
        return diversions.isPresent() ? new CriticalQueueStore(queues, jobs, critical) : queues;
    }

    PolicyChanges changes(PolicyChanges changes, Policies policies) {
        return new CriticalPolicyChanges(
                changes, policies, pair.second().map(second -> second.stores().jobs()));
    }
}
