package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.bulk.BulkAction;
import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.NewJob;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.search.JobFilter;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface PruneContract extends ContractSteps {

    /** As configured by default. */
    Duration MIN_AGE = Duration.ofMinutes(10);

    @TimedTest
    default void jobsBeyondTheirAgeArePruned() {
        bury("a", "b");
        letPass(AMPLE);
        run(job("c"), "t1");
        settle(failForGood("c", "t1"));

        assertThat(prune(LONG, 100, 100)).isZero();
        assertThat(prune(AMPLE, 100, 100)).isEqualTo(2);

        assertThat(list(JobState.DEAD)).containsExactly("c");
        assertThat(figures().counts()).containsEntry(JobState.DEAD, 1L);
    }

    @Test
    default void onlyTheNewestAreKeptBeyondTheCount() {
        bury("a", "b", "c");

        assertThat(prune(LONG, 2, 100)).isEqualTo(1);
        assertThat(list(JobState.DEAD)).containsExactly("c", "b");
        assertThat(prune(LONG, 0, 100)).isEqualTo(2);
        assertThat(list(JobState.DEAD)).isEmpty();
    }

    @Test
    default void oneCallPrunesABoundedNumberOldestFirst() {
        bury("a", "b", "c", "d", "e");

        assertThat(prune(LONG, 1, 2)).isEqualTo(2);
        assertThat(list(JobState.DEAD)).containsExactly("e", "d", "c");
        assertThat(prune(Duration.ZERO, 100, 2)).isEqualTo(2);
        assertThat(list(JobState.DEAD)).containsExactly("e");
        assertThat(prune(Duration.ZERO, 100, 2)).isEqualTo(1);
    }

    @Test
    default void otherStatesAreLeftAlone() {
        bury("dead");
        enqueue("ready", "cancelled");
        enqueue(job("scheduled").after(LONG));
        cancel("cancelled");

        assertThat(prune(Duration.ZERO, 0, 100)).isEqualTo(1);

        assertThat(list(JobState.CANCELLED)).containsExactly("cancelled");
        assertThat(list(JobState.READY)).containsExactly("ready");
        assertThat(list(JobState.SCHEDULED)).containsExactly("scheduled");
    }

    @Test
    default void prunedJobIsGone() {
        bury("a");
        prune(Duration.ZERO, 0, 100);

        assertThat(answer(store().jobs().find(QUEUE, new JobId("a")))).isEmpty();
        assertThat(cancel("a")).isEqualTo(new Change.NotFound());
        assertThat(settle(failForGood("a", "t-a"))).isEqualTo(new Settled.Refused());
    }

    @Test
    default void idThatItsCallerChoseMakesNoSecondJobForAWhile() {
        bury("a");
        prune(Duration.ZERO, 0, 100);

        assertThat(enqueue(job("a"))).isEqualTo(new Enqueued.Deleted(QUEUE, new JobId("a"), JobState.DEAD));
        assertThat(answer(store().jobs().find(QUEUE, new JobId("a")))).isEmpty();

        store().step(MIN_AGE);
        assertThat(enqueue(job("a"))).isInstanceOf(Enqueued.Created.class);
        assertThat(find("a").status().errors()).isEmpty();
    }

    @Test
    default void idsOfJobsThatWereDeletedByHandAreKnownToo() {
        enqueue("a");
        cancel("a");
        delete();

        assertThat(enqueue(job("a"))).isEqualTo(new Enqueued.Deleted(QUEUE, new JobId("a"), JobState.CANCELLED));
    }

    @Test
    default void idsOfJobsThatEndedLongBeforeTheyAreDeletedAreFree() {
        enqueue("a");
        cancel("a");
        store().step(MIN_AGE);
        delete();

        assertThat(enqueue(job("a"))).isInstanceOf(Enqueued.Created.class);
    }

    @Test
    default void idsAreKnownNoLongerBecauseTheClockSteppedBack() {
        enqueue("a");
        cancel("a");
        store().step(MIN_AGE.negated());
        delete();

        store().step(MIN_AGE);
        assertThat(enqueue(job("a"))).isInstanceOf(Enqueued.Created.class);
    }

    @Test
    default void idThatWasMadeForAJobIsNotRemembered() {
        NewJob own = job("own").build().withIdOfItsOwn();
        assertThat(answer(store().jobs().enqueue(own))).isInstanceOf(Enqueued.Created.class);
        cancel("own");
        delete();

        assertThat(enqueue(job("own"))).isInstanceOf(Enqueued.Created.class);
    }

    @Test
    default void jobWithAnIdOfItsOwnIsNewHoweverOftenItIsSent() {
        NewJob own = job("own").build().withIdOfItsOwn();
        answer(store().jobs().enqueue(own));

        assertThat(answer(store().jobs().enqueue(own))).isInstanceOf(Enqueued.Created.class);
        assertThat(claim(2).jobs()).hasSize(1);
    }

    @Test
    default void whatIsTooManyToRememberIsForgottenOldestFirstAndCounted() {
        for (int i = 0; i < MOST_REMEMBERED + 2; i++) {
            enqueue("job-" + i);
            cancel("job-" + i);
            letPass(Duration.ofMillis(1));
        }
        delete();

        assertThat(figures().forgottenIds()).isEqualTo(2);
        assertThat(figures().rememberedIds()).isEqualTo(MOST_REMEMBERED);
        assertThat(enqueue(job("job-1"))).isInstanceOf(Enqueued.Created.class);
        assertThat(enqueue(job("job-2"))).isInstanceOf(Enqueued.Deleted.class);
    }

    private void delete() {
        PageRequest page = new PageRequest(JobState.CANCELLED, Optional.empty(), PageRequest.MOST);
        BulkActionRequest request = new BulkActionRequest(
                BulkAction.DELETE, JobFilter.ALL, page, UUID.randomUUID().toString());
        assertThat(answer(store().bulkActions().change(QUEUE, request)).count()).isPositive();
    }

    private int prune(Duration maxAge, long maxCount, int limit) {
        return answer(store().leases().prune(QUEUE, new Retention(JobState.DEAD, maxAge, maxCount, limit)));
    }
}
