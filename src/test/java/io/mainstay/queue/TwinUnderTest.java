package io.mainstay.queue;

import io.mainstay.audit.InMemoryAuditStore;
import io.mainstay.bulk.BulkActionStore;
import io.mainstay.due.DueStore;
import io.mainstay.flow.FlowJobs;
import io.mainstay.flow.InMemoryFlowStore;
import io.mainstay.hook.NoticeStore;
import io.mainstay.job.QueueName;
import io.mainstay.mirror.MirrorStore;
import io.mainstay.policy.InMemoryPolicyStore;
import io.mainstay.policy.PlaceStore;
import io.mainstay.queue.errors.ErrorGroup;
import io.mainstay.queue.errors.ErrorStore;
import io.mainstay.queue.route.DueJobsStore;
import io.mainstay.registry.QueueStore;
import io.mainstay.scaling.LoadStore;
import io.mainstay.schedule.InMemoryScheduleStore;
import io.mainstay.stats.InMemoryStatsStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The in-memory store and the clock it goes by. */
public record TwinUnderTest(
        TestClock clock,
        InMemoryJobStore store,
        InMemoryScheduleStore schedules,
        InMemoryFlowStore flows,
        InMemoryAnnouncements announcements,
        InMemoryAuditStore audit,
        InMemoryStatsStore stats,
        InMemoryPolicyStore policies)
        implements StoreUnderTest {

    public static TwinUnderTest open(int sweepLimit) {
        return open(sweepLimit, ContractSteps.AMPLE);
    }

    /** @param aging how long a ready job waits until it has aged */
    public static TwinUnderTest open(int sweepLimit, Duration aging) {
        return open(sweepLimit, aging, Duration.ofMinutes(10), ContractSteps.MOST_REMEMBERED);
    }

    /**
     * @param minAge how long after a job's end its id is known at least
     * @param maxRemembered of how many jobs at most that were deleted
     */
    public static TwinUnderTest open(int sweepLimit, Duration aging, Duration minAge, int maxRemembered) {
        TestClock clock = new TestClock();
        InMemoryJobStore jobs = new InMemoryJobStore(clock, sweepLimit, aging, minAge, maxRemembered);
        return new TwinUnderTest(
                clock,
                jobs,
                new InMemoryScheduleStore(clock),
                new InMemoryFlowStore(clock, jobs.notices()),
                new InMemoryAnnouncements(clock),
                new InMemoryAuditStore(clock),
                new InMemoryStatsStore(clock),
                new InMemoryPolicyStore(clock));
    }

    @Override
    public JobStore jobs() {
        return store;
    }

    @Override
    public QueueStore queues() {
        return store;
    }

    @Override
    public LeaseStore leases() {
        return store;
    }

    @Override
    public BulkActionStore bulkActions() {
        return store;
    }

    @Override
    public ErrorStore errors() {
        return new ErrorStore() {
            @Override
            public Uni<List<Seen>> seen(QueueName queue) {
                return store.errors(queue).map(TwinErrors::seen);
            }

            @Override
            public Uni<List<ErrorGroup>> read(QueueName queue, List<String> fingerprints) {
                return store.errors(queue).map(errors -> errors.read(fingerprints));
            }
        };
    }

    @Override
    public DueStore due() {
        return store;
    }

    @Override
    public LoadStore loads() {
        return store;
    }

    @Override
    public DueJobsStore dueJobs() {
        return store;
    }

    @Override
    public PlaceStore places() {
        return store;
    }

    @Override
    public FlowJobs flowJobs() {
        return store;
    }

    @Override
    public MirrorStore mirror() {
        return new InMemoryMirrorStore(store);
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
        return clock.instant();
    }

    @Override
    public void letPass(Duration duration) {
        clock.advance(duration);
    }

    @Override
    public void step(Duration by) {
        clock.advance(by);
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
