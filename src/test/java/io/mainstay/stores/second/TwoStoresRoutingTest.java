package io.mainstay.stores.second;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.due.DueInBucket;
import io.mainstay.due.DueQueue;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.TestClock;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a place goes to the store that its name says. */
class TwoStoresRoutingTest {

    private static final QueueName HERE = new QueueName("orders");
    private static final QueueName THERE = HERE.inSecondStore();

    private final InMemoryJobStore first = new InMemoryJobStore(new TestClock());
    private final InMemoryJobStore second = new InMemoryJobStore(new TestClock());
    private final TwoJobStores jobs = new TwoJobStores(first, second);
    private final TwoLeaseStores leases = new TwoLeaseStores(first, second);
    private final TwoDueStores due = new TwoDueStores(first, second);

    @Test
    void jobsLieInTheStoreOfTheirPlace() {
        enqueue(HERE, "a");
        enqueue(THERE, "b");

        assertThat(answer(first.find(HERE, new JobId("a")))).isPresent();
        assertThat(answer(second.find(THERE, new JobId("b")))).isPresent();
        assertThat(answer(jobs.find(HERE, new JobId("b")))).isEmpty();
        assertThat(answer(jobs.find(THERE, new JobId("a")))).isEmpty();
        assertThat(claim(THERE)).extracting(Job::id).containsExactly(new JobId("b"));
        assertThat(claim(HERE)).extracting(Job::id).containsExactly(new JobId("a"));
    }

    @Test
    void figuresComeInTheOrderAsked() {
        assertThat(answer(jobs.figures(List.of(THERE, HERE, new QueueName("mail")))))
                .extracting(QueueFigures::queue)
                .containsExactly(THERE, HERE, new QueueName("mail"));
    }

    @Test
    void bucketsOfTheSecondFollowThoseOfTheFirst() {
        enqueue(THERE, "b");
        int bucket = due.bucketOf(THERE);

        assertThat(due.buckets()).isEqualTo(first.buckets() + second.buckets());
        assertThat(bucket).isEqualTo(first.buckets() + second.bucketOf(THERE));
        DueInBucket found = answer(due.due(bucket, Duration.ofSeconds(1)));
        assertThat(found.queues()).extracting(DueQueue::queue).containsOnly(THERE);
        assertThat(found.queues()).extracting(DueQueue::bucket).containsOnly(bucket);
        assertThat(answer(due.due(due.bucketOf(HERE), Duration.ofSeconds(1))).queues())
                .isEmpty();
    }

    private void enqueue(QueueName place, String id) {
        answer(jobs.enqueue(JobDraft.job(place, id).build()));
    }

    private List<Job> claim(QueueName place) {
        ClaimRequest request = SomeClaim.of(place, "me", "token", 10, Duration.ofMinutes(1));
        return answer(leases.claim(request)).jobs();
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(10));
    }
}
