package io.mainstay.queue;

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
import io.mainstay.queue.errors.ErrorStore;
import io.mainstay.queue.route.DueJobsStore;
import io.mainstay.registry.QueuePage;
import io.mainstay.registry.QueueQuery;
import io.mainstay.registry.QueueStore;
import io.mainstay.scaling.LoadStore;
import io.mainstay.schedule.ScheduleStore;
import io.mainstay.stats.StatsStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An empty store with its clock, for the tests that every store must pass. */
public interface StoreUnderTest extends AutoCloseable {

    JobStore jobs();

    QueueStore queues();

    /** The names of all, page by page. */
    default List<QueueName> allQueues() {
        List<QueueName> names = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            String cursor = next.get().isEmpty() ? null : next.get();
            QueuePage page = queues().page(QueueQuery.of("", cursor, QueueQuery.MOST))
                    .await()
                    .atMost(Duration.ofSeconds(40));
            page.queues().forEach(queue -> names.add(queue.queue()));
            next = page.next();
        }
        return names;
    }

    LeaseStore leases();

    BulkActionStore bulkActions();

    ErrorStore errors();

    LoadStore loads();

    DueJobsStore dueJobs();

    ScheduleStore schedules();

    FlowStore flows();

    FlowJobs flowJobs();

    NoticeStore notices();

    PolicyStore policies();

    PlaceStore places();

    Announcements announcements();

    AuditStore audit();

    StatsStore stats();

    DueStore due();

    MirrorStore mirror();

    /** From now on it is another run of the store, which may have lost something. */
    void restart();

    /** The store's own time, to the millisecond. */
    Instant now();

    /** Returns when the store's clock has moved on by at least {@code duration}. */
    void letPass(Duration duration);

    /** Moves the store's clock by that much at once, forwards or back. */
    void step(Duration by);

    /** What claims have put aside in a queue, which no answer tells. */
    Aside aside(QueueName queue);

    /** Queues that workers were told to look at since this was asked last, as they came; from the first time on. */
    List<QueueName> told();

    @Override
    void close();
}
