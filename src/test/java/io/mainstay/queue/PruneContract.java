package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.machine.TimedTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

interface PruneContract extends ContractSteps {

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
    default void prunedJobIsGoneAndItsIdFree() {
        bury("a");
        prune(Duration.ZERO, 0, 100);

        assertThat(answer(store().jobs().find(QUEUE, new JobId("a")))).isEmpty();
        assertThat(cancel("a")).isEqualTo(new Change.NotFound());
        assertThat(settle(failForGood("a", "t-a"))).isEqualTo(new Settled.Refused());
        assertThat(enqueue(job("a"))).isInstanceOf(Enqueued.Created.class);
        assertThat(find("a").status().errors()).isEmpty();
    }

    private int prune(Duration maxAge, long maxCount, int limit) {
        return answer(store().leases().prune(QUEUE, new Retention(JobState.DEAD, maxAge, maxCount, limit)));
    }
}
