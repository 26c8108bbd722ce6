package io.mainstay.redis.store;

import io.mainstay.bulk.BulkActionStore;
import io.mainstay.flow.FlowJobs;
import io.mainstay.flow.FlowStore;
import io.mainstay.job.JobIds;
import io.mainstay.maintenance.IdsConfig;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.LeaseStore;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.StoreGate;
import io.mainstay.scaling.LoadStore;
import io.mainstay.schedule.ScheduleStore;
import io.vertx.core.Vertx;
import java.time.Duration;

/** What one Redis keeps: jobs, schedules, flows. Built over its calls and links. */
public final class RedisStores {

    private final QueueRegistry registry;
    private final RegistryWalk walk;
    private final JobStore jobs;
    private final LeaseStore leases;
    private final BulkActionStore bulkActions;
    private final LoadStore loads;
    private final ScheduleStore schedules;
    private final FlowStore flows;
    private final FlowJobs flowJobs;
    private final Announcements announcements;

    /** What stores are configured with. */
    public record Settings(RedisConfig redis, DurabilityConfig durability, JobsConfig jobs, IdsConfig ids) {}

    public RedisStores(RedisCalls calls, RedisLinks links, Settings settings) {
        this(calls, links, settings, new DurableEnqueues(links, calls, settings.durability()));
    }

    private RedisStores(RedisCalls calls, RedisLinks links, Settings settings, DurableEnqueues durable) {
        this(calls, links, settings, durable, durable.timeout());
    }

    /** @param repeatable how long an enqueue may be sent again because its answer was lost */
    RedisStores(RedisCalls calls, RedisLinks links, Settings settings, DurableEnqueues durable, Duration repeatable) {
        registry = new QueueRegistry(calls, links);
        walk = new RegistryWalk(calls, links, registry);
        RememberedIds ids = new RememberedIds(settings.ids(), repeatable);
        Enqueuer enqueuer = new Enqueuer(calls, links, registry, durable, bound(settings.redis()), settings.jobs());
        RedisQueues queues = new RedisQueues(calls, registry, settings.jobs().maxWaiting());
        jobs = new RedisJobStore(calls, enqueuer, registry, queues);
        leases = new RedisLeaseStore(
                calls, new SettlementCalls(calls), registry, settings.redis(), settings.jobs(), ids);
        bulkActions = new RedisBulkActionStore(calls, registry, ids);
        loads = new RedisLoadStore(calls, registry);
        schedules = new RedisScheduleStore(calls);
        flows = new RedisFlowStore(calls);
        flowJobs = new RedisFlowJobs(calls, registry);
        announcements = new RedisAnnouncements(calls);
    }

    private static WaitingBound bound(RedisConfig config) {
        return new WaitingBound(
                config.maxWaitingEnqueues(), config.maxWaitingBytes().asLongValue());
    }

    public JobStore jobs() {
        return jobs;
    }

    public LeaseStore leases() {
        return leases;
    }

    public BulkActionStore bulkActions() {
        return bulkActions;
    }

    public LoadStore loads() {
        return loads;
    }

    public ScheduleStore schedules() {
        return schedules;
    }

    public FlowStore flows() {
        return flows;
    }

    public FlowJobs flowJobs() {
        return flowJobs;
    }

    public Announcements announcements() {
        return announcements;
    }

    QueueRegistry registry() {
        return registry;
    }

    RegistryWalk walk() {
        return walk;
    }

    /** Keeps the names of queues in Redis from its start to its end. */
    public RegistryKeeper keeper(Vertx vertx, StoreGate gate, JobIds ids) {
        return new RegistryKeeper(vertx, registry, walk, gate, ids);
    }
}
