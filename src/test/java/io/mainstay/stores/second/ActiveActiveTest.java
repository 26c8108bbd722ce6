package io.mainstay.stores.second;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.job.UniqueKey;
import io.mainstay.queue.Change;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.UnreliableStore;
import io.mainstay.queue.UnreliableStore.Mood;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What becomes of a queue that is in two stores, of which one does not do what it should. */
class ActiveActiveTest {

    private static final QueueName QUEUE = new QueueName("orders");
    private static final QueueName THERE = QUEUE.inSecondStore();
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryJobStore firstMemory = new InMemoryJobStore(new TestClock());
    private final InMemoryJobStore secondMemory = new InMemoryJobStore(new TestClock());
    private final UnreliableStore first = new UnreliableStore(firstMemory);
    private final UnreliableStore second = new UnreliableStore(secondMemory);
    private final TwoJobStores places = new TwoJobStores(first, second);
    private final MarksInMemory marks = new MarksInMemory();
    private final Diversions diversions = new Diversions(marks, () -> true, nanos::get);
    private final CriticalJobStore jobs = store(diversions);
    /** Another instance. */
    private final Diversions heard = new Diversions(marks, () -> true, nanos::get);

    private final CriticalJobStore others = store(heard);

    private CriticalJobStore store(Diversions known) {
        answer(known.refresh(List.of(QUEUE)));
        return new CriticalJobStore(
                places,
                places,
                new OneQueue(),
                new ActiveActive(places, known, new ActiveActive.Patience(PATIENCE, PATIENCE), nanos::get));
    }

    @Test
    void jobsGoToTheFirstAndNothingIsAskedOfTheSecond() {
        assertThat(enqueue("a").job().queue()).isEqualTo(QUEUE);

        assertThat(second.calls()).isZero();
    }

    @Test
    void aJobGoesToTheSecondWithinTheSameCallWhateverTheFirstSays() {
        first.mood = Mood.FAILS;
        assertThat(enqueue("a").job().queue()).isEqualTo(THERE);
        pass(Duration.ofMinutes(1));
        first.mood = Mood.SILENT;
        assertThat(enqueue("b").job().queue()).isEqualTo(THERE);
        first.mood = Mood.ANSWERS;
        first.takesWrites = false;
        pass(Duration.ofMinutes(1));
        assertThat(enqueue("c").job().queue()).isEqualTo(THERE);

        assertThat(find("a")).isPresent();
        assertThat(find("c")).isPresent();
    }

    @Test
    void onlyTheFirstOfThoseWhoMeetASilentStoreWaits() {
        first.mood = Mood.SILENT;
        enqueue("a");
        int calls = first.calls();
        for (int i = 0; i < 10; i++) {
            enqueue("b" + i);
        }

        assertThat(first.calls()).isEqualTo(calls);
    }

    @Test
    void jobsGoToTheFirstAgainOnceItAnswersAndTookOne() {
        first.mood = Mood.FAILS;
        enqueue("a");
        pass(Duration.ofSeconds(1));
        assertThat(enqueue("asks, in vain").job().queue()).isEqualTo(THERE);
        first.mood = Mood.ANSWERS;
        pass(Duration.ofSeconds(1));
        assertThat(enqueue("asks").job().queue()).isEqualTo(THERE);
        assertThat(enqueue("tries").job().queue()).isEqualTo(QUEUE);
        assertThat(enqueue("goes on").job().queue()).isEqualTo(QUEUE);
    }

    @Test
    void anIdThatIsInTheSecondIsNotAddedToTheFirstByAnyInstance() {
        first.mood = Mood.FAILS;
        enqueue("a");
        first.mood = Mood.ANSWERS;
        answer(heard.refresh(List.of(QUEUE)));

        Enqueued again = answer(others.enqueue(job("a")));
        assertThat(again).isInstanceOf(Enqueued.Existing.class);
        assertThat(again.job().queue()).isEqualTo(THERE);
        assertThat(answer(others.enqueue(job("new"))).job().queue()).isEqualTo(QUEUE);
    }

    @Test
    void idsAreNotSoughtInTheSecondAnHourAfterTheLastDiversion() {
        first.mood = Mood.FAILS;
        enqueue("a");
        first.mood = Mood.ANSWERS;
        pass(Duration.ofSeconds(1));
        enqueue("asks");
        enqueue("tries");
        pass(Duration.ofMinutes(61));
        marks.marked.clear();
        answer(diversions.refresh(List.of(QUEUE)));
        int calls = second.calls();
        enqueue("b");

        assertThat(second.calls()).isEqualTo(calls);
    }

    @Test
    void whileTheSecondIsSilentTheFirstTakesJobsAndWhatIsInItIsFound() {
        second.mood = Mood.SILENT;
        assertThat(enqueue("a").job().queue()).isEqualTo(QUEUE);
        assertThat(find("a")).isPresent();
        assertThat(answer(jobs.figures(List.of(QUEUE))).get(0).counts()).containsEntry(JobState.READY, 1L);
        assertThat(list()).extracting(Job::id).containsExactly(new JobId("a"));
    }

    @Test
    void thatAJobIsNowhereIsNotSaidWhileAStoreIsAway() {
        second.mood = Mood.FAILS;

        assertThatThrownBy(() -> find("a")).isInstanceOf(StoreUnavailableException.class);
        second.mood = Mood.ANSWERS;
        assertThat(find("a")).isEmpty();
    }

    @Test
    void bothAwayIsSaid() {
        first.mood = Mood.FAILS;
        second.mood = Mood.FAILS;
        assertThatThrownBy(() -> enqueue("a")).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> enqueue("b")).isInstanceOf(StoreUnavailableException.class);
        first.mood = Mood.ANSWERS;
        assertThat(enqueue("c").job().queue()).isEqualTo(QUEUE);
    }

    @Test
    void listsFiguresCancelsAndPausesAreOfBoth() {
        enqueue("a");
        first.mood = Mood.FAILS;
        enqueue("b");
        first.mood = Mood.ANSWERS;

        assertThat(answer(jobs.figures(List.of(QUEUE, new QueueName("other"))))
                        .get(0)
                        .counts())
                .containsEntry(JobState.READY, 2L);
        assertThat(list()).extracting(Job::id).containsExactlyInAnyOrder(new JobId("a"), new JobId("b"));
        assertThat(answer(jobs.cancel(QUEUE, new JobId("b")))).isInstanceOf(Change.Applied.class);
        assertThat(answer(jobs.requeue(QUEUE, new JobId("b"), "once"))).isInstanceOf(Change.Applied.class);
        assertThat(answer(jobs.cancel(QUEUE, new JobId("nobody")))).isInstanceOf(Change.NotFound.class);
        answer(jobs.setPaused(QUEUE, true));
        assertThat(answer(places.figures(List.of(QUEUE, THERE)))).allMatch(each -> each.paused());
    }

    @Test
    void uniqueKeysAreRefused() {
        NewJob job = JobDraft.job(QUEUE, "a")
                .unique("key", UniqueKey.Until.END, UniqueKey.OnConflict.REJECT)
                .build();

        assertThatThrownBy(() -> answer(jobs.enqueue(job))).isInstanceOf(InvalidValueException.class);
    }

    private Enqueued enqueue(String id) {
        return answer(jobs.enqueue(job(id)));
    }

    private static NewJob job(String id) {
        return JobDraft.job(QUEUE, id.replaceAll("[ ,]", "-")).build();
    }

    private Optional<Job> find(String id) {
        return answer(jobs.find(QUEUE, new JobId(id)));
    }

    private List<Job> list() {
        return answer(jobs.list(QUEUE, new PageRequest(JobState.READY, Optional.empty(), 10), JobPart.NONE))
                .jobs();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(SOON);
    }

    private record OneQueue() implements CriticalQueues {

        @Override
        public boolean has(QueueName queue) {
            return queue.equals(QUEUE);
        }

        @Override
        public List<QueueName> all() {
            return List.of(QUEUE);
        }
    }

    private static final class MarksInMemory implements Diversions.Marks {

        private final Set<QueueName> marked = ConcurrentHashMap.newKeySet();

        @Override
        public Uni<Void> put(QueueName queue) {
            return Uni.createFrom().voidItem().invoke(() -> marked.add(queue));
        }

        @Override
        public Uni<Set<QueueName>> within(Duration age) {
            return Uni.createFrom().item(() -> Set.copyOf(marked));
        }
    }
}
