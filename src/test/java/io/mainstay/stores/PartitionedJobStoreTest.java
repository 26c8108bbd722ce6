package io.mainstay.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueConflictException;
import io.mainstay.job.QueueName;
import io.mainstay.job.UniqueKey;
import io.mainstay.policy.Layout;
import io.mainstay.policy.QueuePolicy;
import io.mainstay.queue.Change;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobPage;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.TwinUnderTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionedJobStoreTest {

    private static final QueueName QUEUE = new QueueName("orders");

    private final TwinUnderTest store = TwinUnderTest.open(100);
    private final Spread spread = Spread.over(store);

    @Test
    void jobsAreSpreadOverAllParts() {
        partitions(8);
        for (int i = 0; i < 400; i++) {
            enqueue("job-" + i);
        }

        assertThat(Layout.parts(QUEUE, 8).map(part -> countIn(part, JobState.READY)))
                .allSatisfy(count -> assertThat(count).isBetween(25L, 75L));
        assertThat(countIn(QUEUE, JobState.READY)).isZero();
        assertThat(figures().counts().get(JobState.READY)).isEqualTo(400);
    }

    @Test
    void jobsOfAGroupLieTogether() {
        partitions(8);
        Set<QueueName> places = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            places.add(
                    answer(spread.jobs().enqueue(job("job-" + i).group("tenant").build()))
                            .job()
                            .queue());
        }
        assertThat(places).hasSize(1);
    }

    @Test
    void jobsAreFoundWhereverTheyLie() {
        enqueue("old");
        partitions(8);
        enqueue("new");
        answer(spread.jobs().enqueue(job("grouped").group("tenant").build()));

        for (String id : List.of("old", "new", "grouped")) {
            assertThat(find(id)).isPresent();
            assertThat(answer(spread.jobs().state(QUEUE, new JobId(id)))).contains(JobState.READY);
            assertThat(answer(spread.jobs().explain(QUEUE, new JobId(id)))).isPresent();
            assertThat(answer(spread.jobs().history(QUEUE, new JobId(id)))).isPresent();
            assertThat(answer(spread.jobs().log(QUEUE, new JobId(id)))).isPresent();
        }
        assertThat(find("nobody")).isEmpty();
        assertThat(answer(spread.jobs()
                        .states(QUEUE, List.of(new JobId("old"), new JobId("grouped"), new JobId("nobody")))))
                .containsOnlyKeys(new JobId("old"), new JobId("grouped"));
        assertThat(answer(spread.jobs().cancel(QUEUE, new JobId("grouped")))).isInstanceOf(Change.Applied.class);
        assertThat(answer(spread.jobs().requeue(QUEUE, new JobId("grouped"), "r")))
                .isInstanceOf(Change.Applied.class);
        assertThat(answer(spread.jobs().cancel(QUEUE, new JobId("nobody")))).isInstanceOf(Change.NotFound.class);
    }

    @Test
    void idIsKnownInTheOldPartsToo() {
        enqueue("a");
        partitions(8);

        assertThat(answer(spread.jobs().enqueue(job("a").build()))).isInstanceOf(Enqueued.Existing.class);
        run(QUEUE, "a");
        settle();
        assertThat(layout().retired()).containsExactly(1);
        assertThat(answer(spread.jobs().enqueue(job("a").build()))).isInstanceOf(Enqueued.Existing.class);
    }

    @Test
    void groupStaysWhereItIsUntilItsJobsHaveEnded() {
        answer(spread.jobs().enqueue(job("first").inOrderOf("g").build()));
        partitions(8);

        assertThat(answer(spread.jobs().enqueue(job("second").inOrderOf("g").build()))
                        .job()
                        .queue())
                .isEqualTo(QUEUE);
        run(QUEUE, "first");
        run(QUEUE, "second");
        assertThat(answer(spread.jobs().enqueue(job("third").inOrderOf("g").build()))
                        .job()
                        .queue())
                .isNotEqualTo(QUEUE);
    }

    @Test
    void instanceThatHasNotHeardBeginsAnew() {
        Spread other = Spread.over(store);
        answer(other.policies().refresh());
        partitions(8);

        Job job = answer(other.jobs().enqueue(job("a").build())).job();

        assertThat(job.queue().partitions()).isEqualTo(8);
        assertThat(other.policies().of(QUEUE)).isNotNull();
    }

    @Test
    void pagesShowTheJobsOfAllPartsInTheirOrder() {
        partitions(5);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String id = "job-" + i;
            answer(spread.jobs()
                    .enqueue(job(id).after(Duration.ofMinutes(100 - i)).build()));
            ids.add(0, id);
        }

        List<String> listed = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            JobPage page = answer(
                    spread.jobs().list(QUEUE, new PageRequest(JobState.SCHEDULED, cursor, 7), Set.of(JobPart.PAYLOAD)));
            page.jobs().forEach(job -> listed.add(job.id().value()));
            assertThat(page.jobs()).noneMatch(job -> job.spec().payload().isLeftOut());
            cursor = page.next();
            pages++;
        } while (cursor.isPresent());

        assertThat(listed).containsExactlyElementsOf(ids);
        assertThat(pages).isBetween(8, 40);
    }

    @Test
    void whatEndedLastIsListedFirst() {
        partitions(3);
        for (int i = 0; i < 10; i++) {
            Job job = answer(spread.jobs().enqueue(job("job-" + i).build())).job();
            run(job.queue(), "job-" + i);
            store.letPass(Duration.ofSeconds(1));
        }
        JobPage page =
                answer(spread.jobs().list(QUEUE, new PageRequest(JobState.SUCCEEDED, Optional.empty(), 4), Set.of()));
        assertThat(page.jobs()).extracting(job -> job.id().value()).containsExactly("job-9", "job-8", "job-7", "job-6");
    }

    @Test
    void limitsAreDividedOverTheParts() {
        partitions(4);
        QueueLimits limits = new QueueLimits(
                OptionalLong.of(1001), OptionalInt.of(6), Optional.empty(), OptionalInt.of(2), Optional.empty());

        answer(spread.jobs().setLimits(QUEUE, limits));

        assertThat(Layout.parts(QUEUE, 4)
                        .map(part -> ofPlace(part).limits().concurrency().getAsInt()))
                .containsExactly(2, 2, 1, 1);
        assertThat(Layout.parts(QUEUE, 4).mapToLong(part -> ofPlace(part).maxWaiting()))
                .containsExactly(251L, 250L, 250L, 250L);
        assertThat(ofPlace(QUEUE.partition(4, 3)).limits().groupConcurrency()).hasValue(2);
        assertThat(figures().limits()).isEqualTo(limits);
    }

    @Test
    void limitsMustLeaveSomethingForEachPart() {
        partitions(4);
        QueueLimits few = new QueueLimits(
                OptionalLong.empty(), OptionalInt.of(3), Optional.empty(), OptionalInt.empty(), Optional.empty());
        assertThatThrownBy(() -> answer(spread.jobs().setLimits(QUEUE, few)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("4");

        QueueName other = new QueueName("other");
        answer(spread.jobs().setLimits(other, few));
        assertThatThrownBy(() -> answer(spread.resizer().put(other, partitionsOf(4))))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void pauseHoldsInAllPartsAndInThoseThatFollow() {
        answer(spread.jobs().setPaused(QUEUE, true));
        partitions(4);
        assertThat(Layout.parts(QUEUE, 4)).allMatch(part -> ofPlace(part).paused());

        answer(spread.jobs().setPaused(QUEUE, false));
        assertThat(Layout.parts(QUEUE, 4)).noneMatch(part -> ofPlace(part).paused());
        assertThat(figures().paused()).isFalse();
    }

    @Test
    void uniqueKeysAreRefused() {
        JobDraft unique = job("a").unique("k", UniqueKey.Until.END, UniqueKey.OnConflict.REJECT);
        assertThat(answer(spread.jobs().enqueue(unique.build()))).isInstanceOf(Enqueued.Created.class);
        partitions(4);

        assertThatThrownBy(() -> answer(spread.jobs().enqueue(unique.build())))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("partitions");
    }

    @Test
    void onlyOneChangeGoesOnAtATime() {
        enqueue("a");
        partitions(4);

        assertThatThrownBy(() -> partitions(8)).isInstanceOf(QueueConflictException.class);
        assertThat(answer(spread.resizer().put(QUEUE, partitionsOf(4))).layout().partitions())
                .isEqualTo(4);
        run(QUEUE, "a");
        settle();
        partitions(8);
    }

    @Test
    void queueIsAsBeforeOnceItsPolicyIsRemovedAndItsPartsAreEmpty() {
        partitions(4);
        settle();
        Job job = answer(spread.jobs().enqueue(job("a").build())).job();
        answer(spread.resizer().remove(QUEUE));
        assertThat(answer(spread.jobs().enqueue(job("b").build())).job().queue())
                .isEqualTo(QUEUE);

        run(job.queue(), "a");
        settle();
        assertThat(find("a")).isPresent();
        store.store().forget(job.queue(), new JobId("a"));
        IntStream.range(0, 3).forEach(round -> settle());

        assertThat(spread.policies().of(QUEUE)).isNull();
        assertThat(answer(store.store().enqueue(job("c").build()))).isInstanceOf(Enqueued.Created.class);
        partitions(4);
        assertThat(answer(spread.jobs().enqueue(job("d").build())).job().queue().partitions())
                .isEqualTo(4);
    }

    private void partitions(int count) {
        answer(spread.resizer().put(QUEUE, partitionsOf(count)));
    }

    private static QueuePolicy partitionsOf(int count) {
        return new QueuePolicy(count, QueuePolicy.NONE.critical(), QueuePolicy.NONE.hold());
    }

    private void settle() {
        answer(spread.policies().refresh());
        answer(spread.resizer().goOn(store.now()));
        answer(spread.policies().refresh());
    }

    private Layout layout() {
        return spread.policies().of(QUEUE).layout();
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

    private void enqueue(String id) {
        assertThat(answer(spread.jobs().enqueue(job(id).build()))).isInstanceOf(Enqueued.Created.class);
    }

    private Optional<Job> find(String id) {
        return answer(spread.jobs().find(QUEUE, new JobId(id)));
    }

    private QueueFigures figures() {
        return answer(spread.jobs().figures(List.of(QUEUE))).get(0);
    }

    private QueueFigures ofPlace(QueueName place) {
        return answer(store.store().figures(List.of(place))).get(0);
    }

    private long countIn(QueueName place, JobState state) {
        return ofPlace(place).counts().get(state);
    }

    private static JobDraft job(String id) {
        return JobDraft.job(QUEUE, id);
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(20));
    }
}
