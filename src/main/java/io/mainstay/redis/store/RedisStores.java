package io.mainstay.redis.store;

import io.mainstay.bulk.BulkActionStore;
import io.mainstay.due.DueStore;
import io.mainstay.flow.FlowJobs;
import io.mainstay.flow.FlowStore;
import io.mainstay.job.JobIds;
import io.mainstay.maintenance.IdsConfig;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.StoreClock;
import io.mainstay.queue.route.DueJobsStore;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.ShardProbe;
import io.mainstay.registry.QueueStore;
import io.mainstay.scaling.LoadStore;
import io.mainstay.schedule.ScheduleStore;
import java.time.Duration;
import java.time.Instant;

/** What one Redis keeps: jobs, schedules, flows. Built over its calls and links. */
public final class RedisStores {

    private final RedisDueStore due;
    private final StoreClock clock;
    private final JobStore jobs;
    private final QueueStore queues;
    private final LeaseStore leases;
    private final BulkActionStore bulkActions;
    private final RedisLoadStore loads;
    private final ScheduleStore schedules;
    private final FlowStore flows;
    private final FlowJobs flowJobs;

    /** What stores are configured with. */
    public record Settings(RedisConfig redis, DurabilityConfig durability, JobsConfig jobs, IdsConfig ids) {}

    public RedisStores(RedisCalls calls, RedisLinks links, JobIds jobIds, Settings settings) {
        this(calls, links, jobIds, settings, new DurableEnqueues(links, calls, settings.durability()));
    }

    private RedisStores(RedisCalls calls, RedisLinks links, JobIds jobIds, Settings settings, DurableEnqueues durable) {
        this(calls, links, jobIds, settings, durable, durable.timeout());
    }

    /** @param repeatable how long an enqueue may be sent again because its answer was lost */
    RedisStores(
            RedisCalls calls,
            RedisLinks links,
            JobIds jobIds,
            Settings settings,
            DurableEnqueues durable,
            Duration repeatable) {
        ShardClocks clocks = new ShardClocks(calls, links);
        clock = queue -> clocks.now(new RedisKeys(queue).meta()).map(Instant::ofEpochMilli);
        UnreadableEntries unreadable = new UnreadableEntries();
        RememberedIds ids = new RememberedIds(settings.ids(), repeatable);
        Enqueuer enqueuer = new Enqueuer(calls, links, durable, bound(settings.redis()), settings.jobs());
        RedisQueues figures = new RedisQueues(calls, settings.jobs().maxWaiting());
        jobs = new RedisJobStore(calls, new ShardProbe(calls, links), enqueuer, figures);
        queues = new RedisQueueStore(calls, settings.jobs().maxWaiting(), ids);
        leases = new RedisLeaseStore(calls, new SettlementCalls(calls), settings.redis(), settings.jobs(), ids);
        bulkActions = new RedisBulkActionStore(calls, ids);
        loads = new RedisLoadStore(calls);
        schedules = new RedisScheduleStore(calls, clocks);
        flows = new RedisFlowStore(calls);
        flowJobs = new RedisFlowJobs(calls);
        due = new RedisDueStore(calls, clocks, unreadable, jobIds);
    }

    private static WaitingBound bound(RedisConfig config) {
        return new WaitingBound(
                config.maxWaitingEnqueues(), config.maxWaitingBytes().asLongValue());
    }

    public StoreClock clock() {
        return clock;
    }

    public JobStore jobs() {
        return jobs;
    }

    public QueueStore queues() {
        return queues;
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

    public DueJobsStore dueJobs() {
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

    public DueStore due() {
        return due;
    }
}
