package io.mainstay.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.policy.Layout;
import io.mainstay.policy.QueuePolicy;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.Retention;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.TwinUnderTest;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a queue was laid out over before is remembered for the ids of its jobs, and no longer than there are any. */
class FormerLayoutsTest {

    private static final QueueName QUEUE = new QueueName("orders");
    private static final Duration IDS_ARE_REMEMBERED_FOR = Duration.ofMinutes(10);

    private final TwinUnderTest store = TwinUnderTest.open(100);
    private final Spread spread = Spread.over(store);

    @Test
    void layoutOfAQueueThatNeverHadAJobIsNotRemembered() {
        partitions(8);

        assertThat(layout().phase()).isEqualTo(Layout.Phase.SETTLED);
        assertThat(layout().retired()).isEmpty();
        partitions(5);
        assertThat(layout().counts()).containsExactly(5);
    }

    @Test
    void shardThatIsAwayAndHasNothingHoldsUpNoIdOfACaller() {
        partitions(8);
        JobStore instance = new PartitionedJobStore(without(QUEUE), spread.policies(), Duration.ZERO);

        assertThat(answer(instance.enqueue(job("a")))).isInstanceOf(Enqueued.Created.class);
        assertThat(answer(instance.enqueue(job("a")))).isInstanceOf(Enqueued.Existing.class);
    }

    @Test
    void closedPartsAreNotForgottenWhileTheyHaveAJob() {
        enqueue("a");
        partitions(8);
        assertThat(layout().phase()).isEqualTo(Layout.Phase.MOVING);

        run(QUEUE, "a");
        goOn();

        assertThat(layout().phase()).isEqualTo(Layout.Phase.SETTLED);
        assertThat(layout().retired()).containsExactly(1);
    }

    @Test
    void formerLayoutIsForgottenAsSoonAsItsJobsAndTheirIdsAre() {
        enqueue("a");
        partitions(8);
        run(QUEUE, "a");
        goOn();
        prune(QUEUE);
        goOn();
        assertThat(layout().retired()).containsExactly(1);
        assertThat(answer(spread.jobs().enqueue(job("a")))).isInstanceOf(Enqueued.Deleted.class);

        store.letPass(IDS_ARE_REMEMBERED_FOR);
        prune(QUEUE);
        goOn();

        assertThat(layout().retired()).isEmpty();
        assertThat(answer(spread.jobs().enqueue(job("a")))).isInstanceOf(Enqueued.Created.class);
    }

    @Test
    void partsWhoseJobsWereDeletedWhileTheLayoutChangedAreRememberedForTheirIds() {
        enqueue("a");
        run(QUEUE, "a");
        prune(QUEUE);

        partitions(8);
        goOn();

        assertThat(layout().retired()).containsExactly(1);
        assertThat(answer(spread.jobs().enqueue(job("a")))).isInstanceOf(Enqueued.Deleted.class);
    }

    private void partitions(int count) {
        answer(spread.resizer()
                .put(QUEUE, new QueuePolicy(count, QueuePolicy.NONE.critical(), QueuePolicy.NONE.hold())));
    }

    private void goOn() {
        answer(spread.policies().refresh());
        answer(spread.resizer().goOn(store.now()));
        answer(spread.policies().refresh());
    }

    private Layout layout() {
        return spread.policies().of(QUEUE).layout();
    }

    private void enqueue(String id) {
        assertThat(answer(spread.jobs().enqueue(job(id)))).isInstanceOf(Enqueued.Created.class);
    }

    private void run(QueueName place, String id) {
        List<Job> jobs = answer(store.leases().claim(SomeClaim.of(place, "w", "t-" + id, 1, Duration.ofHours(1))))
                .jobs();
        assertThat(jobs).extracting(job -> job.id().value()).containsExactly(id);
        answer(store.leases()
                .settle(
                        place,
                        List.of(new Settlement.Complete(new Lease(new JobId(id), "t-" + id), Optional.empty()))));
    }

    private void prune(QueueName place) {
        store.letPass(Duration.ofMillis(2));
        answer(store.leases().prune(place, new Retention(JobState.SUCCEEDED, Duration.ZERO, 0, 100)));
    }

    /** As an instance sees it that does not reach the shard of one place. */
    private JobStore without(QueueName place) {
        return (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, args) -> {
                    if (args != null
                            && args[0] instanceof NewJob job
                            && job.queue().equals(place)) {
                        return Uni.createFrom().failure(new StoreUnavailableException("away", null));
                    }
                    try {
                        return method.invoke(store.store(), args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static NewJob job(String id) {
        return JobDraft.job(QUEUE, id).build();
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(20));
    }
}
