package io.mainstay.redis;

import io.mainstay.audit.AuditStore;
import io.mainstay.auth.key.ApiKeyStore;
import io.mainstay.bulk.BulkActionStore;
import io.mainstay.due.DueStore;
import io.mainstay.events.ChangeFeed;
import io.mainstay.flow.FlowJobs;
import io.mainstay.flow.FlowStore;
import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.StoreFitness;
import io.mainstay.job.JobIds;
import io.mainstay.jobtype.HandlerStore;
import io.mainstay.lease.SecretStore;
import io.mainstay.lease.callback.CallbackStore;
import io.mainstay.maintenance.IdsConfig;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.Recyclable;
import io.mainstay.queue.StoreClock;
import io.mainstay.queue.WakeUps;
import io.mainstay.queue.route.DueJobsStore;
import io.mainstay.queue.waiting.EndNotices;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.pubsub.WakeUpConfig;
import io.mainstay.redis.store.DurabilityConfig;
import io.mainstay.registry.QueueStore;
import io.mainstay.scaling.LoadStore;
import io.mainstay.schedule.ScheduleStore;
import io.mainstay.workers.WorkerStore;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the only store, and of its parts what features ask for. */
@Dependent
class RedisBeans {

    @Produces
    @Singleton
    RedisStore.Settings settings(
            RedisConfig redis,
            DurabilityConfig durability,
            WakeUpConfig wakeUps,
            JobsConfig jobs,
            IdsConfig ids,
            @ConfigProperty(name = "mainstay.lease.duration") Duration lease) {
        return new RedisStore.Settings(redis, durability, wakeUps, jobs, ids, lease);
    }

    @Produces
    @Singleton
    @Startup
    RedisStore store(
            Vertx vertx,
            QuarkusRedisOptions client,
            RedisStore.Settings settings,
            JobIds ids,
            @All List<ConnectionObserver> observers) {
        RedisStore store = new RedisStore(StoreName.FIRST, vertx, client.get(), settings, ids, observers);
        store.start();
        return store;
    }

    /** After everybody who still has something to say, and before anything is torn down. */
    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event, RedisStore store) {
        store.close();
    }

    void close(@Disposes RedisStore store) {
        store.close();
    }

    @Produces
    @Singleton
    JobStore jobs(RedisStore store) {
        return store.stores().jobs();
    }

    @Produces
    @Singleton
    QueueStore queues(RedisStore store) {
        return store.stores().queues();
    }

    @Produces
    @Singleton
    LeaseStore leases(RedisStore store) {
        return store.stores().leases();
    }

    @Produces
    @Singleton
    CallbackStore callbacks(RedisStore store) {
        return store.callbacks();
    }

    @Produces
    @Singleton
    StoreClock clock(RedisStore store) {
        return store.stores().clock();
    }

    @Produces
    @Singleton
    SecretStore secrets(RedisStore store) {
        return store.secrets();
    }

    @Produces
    @Singleton
    BulkActionStore bulkActions(RedisStore store) {
        return store.stores().bulkActions();
    }

    @Produces
    @Singleton
    LoadStore loads(RedisStore store) {
        return store.stores().loads();
    }

    @Produces
    @Singleton
    DueJobsStore dueJobs(RedisStore store) {
        return store.stores().dueJobs();
    }

    @Produces
    @Singleton
    ScheduleStore schedules(RedisStore store) {
        return store.stores().schedules();
    }

    @Produces
    @Singleton
    FlowStore flows(RedisStore store) {
        return store.stores().flows();
    }

    @Produces
    @Singleton
    FlowJobs flowJobs(RedisStore store) {
        return store.stores().flowJobs();
    }

    @Produces
    @Singleton
    Announcements announcements(RedisStore store) {
        return store.announcements();
    }

    @Produces
    @Singleton
    WorkerStore workers(RedisStore store) {
        return store.workers();
    }

    @Produces
    @Singleton
    DueStore due(RedisStore store) {
        return store.stores().due();
    }

    @Produces
    @Singleton
    ApiKeyStore apiKeys(RedisStore store) {
        return store.apiKeys();
    }

    @Produces
    @Singleton
    HandlerStore handlers(RedisStore store) {
        return store.handlers();
    }

    @Produces
    @Singleton
    AuditStore audit(RedisStore store) {
        return store.audit();
    }

    @Produces
    @Singleton
    WakeUps wakeUps(RedisStore store) {
        return store.wakeUps();
    }

    @Produces
    @Singleton
    ChangeFeed changes(RedisStore store) {
        return store.changes();
    }

    @Produces
    @Singleton
    EndNotices ends(RedisStore store) {
        return store.ends();
    }

    @Produces
    @Singleton
    StoreFitness fitness(RedisStore store) {
        return store.fitness();
    }

    @Produces
    @Singleton
    Recyclable links(RedisStore store) {
        return store.links();
    }

    @Produces
    @Singleton
    Recyclable subscription(RedisStore store) {
        return store.subscription();
    }
}
