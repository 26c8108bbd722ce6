package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueConflictException;
import io.mainstay.registry.DeletionStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The end of a queue that is asked for. */
interface QueueDeletionContract extends ContractSteps {

    @Test
    default void queueThatHasSomethingIsLeftAsItIs() {
        run(job("done"), "t1");
        settle(complete("done", "t1"));
        enqueue("ready");

        DeletionStep step = deleteSome(false, 10);

        assertThat(step.gone()).isFalse();
        assertThat(step.left().jobs()).isEqualTo(Map.of(JobState.READY, 1L, JobState.SUCCEEDED, 1L));
        assertThat(step.left().text()).isEqualTo("1 ready jobs, 1 succeeded jobs");
        assertThat(stateOf("ready")).isEqualTo(JobState.READY);
        assertThat(store().allQueues()).containsExactly(QUEUE);
    }

    @Test
    default void pausedQueueIsNotEmpty() {
        answer(store().jobs().setPaused(QUEUE, true));

        assertThat(deleteSome(false, 10).left().settings()).isTrue();
        assertThat(figures().paused()).isTrue();
        assertThat(deleteSome(true, 10).gone()).isTrue();
        assertThat(figures().paused()).isFalse();
    }

    @Test
    default void queueThatNobodyKnowsIsGoneAlready() {
        assertThat(deleteSome(false, 10).gone()).isTrue();
        assertThat(deleteSome(true, 10).gone()).isTrue();
    }

    @Test
    default void jobsOfAllStatesGoWithTheirQueue() {
        bury("dead");
        run(job("done"), "t1");
        settle(complete("done", "t1"));
        run(job("running"), "t2");
        enqueue(job("scheduled").after(LONG));
        enqueue("ready");

        DeletionStep step = deleteSome(true, 10);

        assertThat(step.gone()).isTrue();
        assertThat(step.cancelled()).extracting(StateChange::state).containsOnly(JobState.CANCELLED);
        assertThat(step.cancelled())
                .extracting(change -> change.id().value())
                .containsExactlyInAnyOrder("running", "scheduled", "ready");
        assertThat(step.deleted()).isEqualTo(5);
        assertThat(store().allQueues()).isEmpty();
        assertThat(answer(store().jobs().find(QUEUE, new JobId("ready")))).isEmpty();
        assertThat(settle(complete("running", "t2"))).isEqualTo(new Settled.Refused());
        assertThat(figures().counts().values()).containsOnly(0L);
    }

    @Test
    default void eachStepIsBoundedAndTheNextGoesOn() {
        for (int i = 0; i < 7; i++) {
            enqueue("job-" + i);
        }

        DeletionStep first = deleteSome(true, 3);
        assertThat(first.gone()).isFalse();
        assertThat(first.cancelled()).hasSize(3);
        assertThat(first.deleted()).isEqualTo(3);
        assertThat(first.more()).isTrue();
        assertThat(first.left().jobs()).isEqualTo(Map.of(JobState.READY, 4L));
        assertThat(deleteSome(true, 3).gone()).isFalse();
        assertThat(deleteSome(true, 3).gone()).isTrue();
    }

    @Test
    default void queueTakesNoJobsWhileItIsDeletedAndAgainWhenNobodyGoesOn() {
        enqueue("a", "b");
        deleteSome(true, 1);

        Enqueued refused = answer(store().jobs().enqueue(job("new").build()));
        assertThat(refused).isInstanceOfSatisfying(Enqueued.Refused.class, answer -> assertThat(answer.reason())
                .isInstanceOf(QueueConflictException.class));
        assertThat(answer(store().jobs().enqueue(job("b").build()))).isInstanceOf(Enqueued.Existing.class);

        store().step(Duration.ofSeconds(61));
        assertThat(answer(store().jobs().enqueue(job("new").build()))).isInstanceOf(Enqueued.Created.class);
    }

    @Test
    default void jobThatComesAfterwardsBringsTheQueueBack() {
        enqueue("a");
        deleteSome(true, 10);

        enqueue("b");
        assertThat(store().allQueues()).isEqualTo(List.of(QUEUE));
        claimAll("t1", LONG, "b");
    }

    @Test
    default void idsOfJobsThatWentWithTheirQueueAreKnownForAWhile() {
        enqueue("a");
        assertThat(deleteSome(true, 10).gone()).isTrue();
        assertThat(store().allQueues()).isEmpty();
        assertThat(deleteSome(false, 10).gone()).isTrue();

        assertThat(enqueue(job("a"))).isEqualTo(new Enqueued.Deleted(QUEUE, new JobId("a"), JobState.CANCELLED));
        store().step(PruneContract.MIN_AGE);
        assertThat(enqueue(job("a"))).isInstanceOf(Enqueued.Created.class);
    }

    private DeletionStep deleteSome(boolean force, int most) {
        return answer(store().queues().deleteSome(QUEUE, force, most));
    }
}
