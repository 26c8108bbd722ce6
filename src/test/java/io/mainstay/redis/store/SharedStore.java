package io.mainstay.redis.store;

import io.mainstay.audit.AuditStore;
import io.mainstay.bulk.BulkActionStore;
import io.mainstay.due.DueStore;
import io.mainstay.flow.FlowJobs;
import io.mainstay.flow.FlowStore;
import io.mainstay.hook.NoticeStore;
import io.mainstay.job.QueueName;
import io.mainstay.mirror.MirrorStore;
import io.mainstay.policy.PlaceStore;
import io.mainstay.policy.PolicyStore;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Aside;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.StoreUnderTest;
import io.mainstay.queue.errors.ErrorStore;
import io.mainstay.queue.route.DueJobsStore;
import io.mainstay.registry.QueueStore;
import io.mainstay.scaling.LoadStore;
import io.mainstay.schedule.ScheduleStore;
import io.mainstay.stats.StatsStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Used by many tests, none of which closes it. */
record SharedStore(RedisUnderTest store) implements StoreUnderTest {

    @Override
    public JobStore jobs() {
        return store.jobs();
    }

    @Override
    public QueueStore queues() {
        return store.queues();
    }

    @Override
    public LeaseStore leases() {
        return store.leases();
    }

    @Override
    public ErrorStore errors() {
        return store.errors();
    }

    @Override
    public BulkActionStore bulkActions() {
        return store.bulkActions();
    }

    @Override
    public DueStore due() {
        return store.due();
    }

    @Override
    public LoadStore loads() {
        return store.loads();
    }

    @Override
    public DueJobsStore dueJobs() {
        return store.dueJobs();
    }

    @Override
    public StatsStore stats() {
        return store.stats();
    }

    @Override
    public AuditStore audit() {
        return store.audit();
    }

    @Override
    public Announcements announcements() {
        return store.announcements();
    }

    @Override
    public ScheduleStore schedules() {
        return store.schedules();
    }

    @Override
    public FlowStore flows() {
        return store.flows();
    }

    @Override
    public PolicyStore policies() {
        return store.policies();
    }

    @Override
    public PlaceStore places() {
        return store.places();
    }

    @Override
    public FlowJobs flowJobs() {
        return store.flowJobs();
    }

    @Override
    public MirrorStore mirror() {
        return store.mirror();
    }

    @Override
    public void restart() {
        store.restart();
    }

    @Override
    public NoticeStore notices() {
        return store.notices();
    }

    @Override
    public Instant now() {
        return store.now();
    }

    @Override
    public void letPass(Duration duration) {
        store.letPass(duration);
    }

    @Override
    public void step(Duration by) {
        store.step(by);
    }

    @Override
    public Aside aside(QueueName queue) {
        return store.aside(queue);
    }

    @Override
    public List<QueueName> told() {
        return store.told();
    }

    @Override
    public void close() {}
}
