package io.mainstay.redis;

import io.mainstay.job.QueueName;
import io.mainstay.mirror.MirroredEnqueues;
import io.mainstay.policy.Critical;
import io.mainstay.policy.Policies;
import io.mainstay.policy.PolicyChanges;
import io.mainstay.policy.StoredPolicy;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.RepeatingTask;
import io.mainstay.queue.places.QueuePlaces;
import io.mainstay.redis.policy.RedisDiversionMarks;
import io.mainstay.redis.store.DurabilityConfig;
import io.mainstay.registry.QueueStore;
import io.mainstay.stores.mirrored.MirrorMeters;
import io.mainstay.stores.mirrored.MirroredJobStore;
import io.mainstay.stores.mirrored.MirroredLeaseStore;
import io.mainstay.stores.mirrored.Mirrors;
import io.mainstay.stores.second.ActiveActive;
import io.mainstay.stores.second.CriticalJobStore;
import io.mainstay.stores.second.CriticalPolicyChanges;
import io.mainstay.stores.second.CriticalQueueStore;
import io.mainstay.stores.second.Diversions;
import io.mainstay.stores.second.PolicyQueues;
import io.mainstay.stores.second.TwoJobStores;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Puts critical queues over both stores. Where there is one store, all is left as it is and nothing runs. */
@Singleton
class CriticalStores {

    private static final Duration MARKS_READ_EVERY = Duration.ofMillis(1500);
    /** Copies start that much after the hold at the latest; and an end is told to the other store within it. */
    private static final Duration MIRROR_ROUNDS_EVERY = Duration.ofMillis(800);
    /** How long one store may take to add a job of a mirrored queue. */
    private static final Duration MIRROR_PATIENCE = Duration.ofSeconds(1);

    private final StorePair pair;
    private final PolicyQueues critical;
    private final ActiveActive.Patience patience;
    private final Optional<Diversions> diversions;
    private final Optional<RepeatingTask> marks;
    private final Optional<Mirrors> mirrors;
    private final Optional<RepeatingTask> mirrorRounds;

    CriticalStores(
            Vertx vertx,
            StorePair pair,
            Policies policies,
            SecondStoreConfig config,
            DurabilityConfig durability,
            MeterRegistry registry) {
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
        this.mirrors = pair.second()
                .map(second -> new Mirrors(
                        pair.together(store -> store.stores().jobs(), TwoJobStores::new),
                        pair.first().mirror(),
                        second.mirror(),
                        queue -> holdOf(policies, queue),
                        new MirrorMeters(registry),
                        new MirroredEnqueues.Patience(MIRROR_PATIENCE, MIRROR_PATIENCE.plus(durability.timeout()))));
        this.mirrorRounds = mirrors.map(known -> new RepeatingTask(
                vertx, "mirrored queues", MIRROR_ROUNDS_EVERY, Logger.Level.DEBUG, () -> known.round(critical.all())));
    }

    private static Duration holdOf(Policies policies, QueueName queue) {
        StoredPolicy stored = policies.of(queue);
        return stored != null && stored.policy().critical() == Critical.MIRRORED
                ? stored.policy().hold()
                : null;
    }

    void start(@Observes StartupEvent event) {
        marks.ifPresent(RepeatingTask::start);
        marks.ifPresent(RepeatingTask::soon);
        mirrorRounds.ifPresent(RepeatingTask::start);
        mirrorRounds.ifPresent(RepeatingTask::soon);
    }

    void stop(@Observes ShutdownEvent event) {
        marks.ifPresent(RepeatingTask::stop);
        mirrorRounds.ifPresent(RepeatingTask::stop);
    }

    /**
     * @param places of places
     * @param others of queues that are not critical
     */
    JobStore jobs(JobStore places, JobStore others) {
        return diversions
                .<JobStore>map(known -> new MirroredJobStore(
                        places,
                        new CriticalJobStore(places, others, critical, new ActiveActive(places, known, patience)),
                        mirrors.orElseThrow()))
                .orElse(others);
    }

    /** @param places of places */
    LeaseStore leases(LeaseStore places) {
        return mirrors.<LeaseStore>map(known -> new MirroredLeaseStore(places, known))
                .orElse(places);
    }

    /** Where requests about many jobs of a queue go. */
    QueuePlaces bulkPlaces(QueuePlaces places) {
        return mirrors.<QueuePlaces>map(
                        known -> queue -> known.owner(queue).map(List::of).orElseGet(() -> places.places(queue)))
                .orElse(places);
    }

    QueueStore queues(QueueStore queues, JobStore jobs) {
        return diversions.isPresent() ? new CriticalQueueStore(queues, jobs, critical) : queues;
    }

    PolicyChanges changes(PolicyChanges changes, Policies policies) {
        return new CriticalPolicyChanges(
                changes, policies, pair.second().map(second -> second.stores().jobs()));
    }
}
