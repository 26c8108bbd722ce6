package io.mainstay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.queue.ContractSteps;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.places.Admission;
import org.junit.jupiter.api.Test;

/** What a place does whose queue is laid out in another way by now. */
public interface LayoutContract extends ContractSteps {

    @Test
    default void closedPlaceTakesJobsOnlyUnderALaterEpoch() {
        answer(store().places().close(QUEUE, 7));

        assertThat(enqueue(job("none"), Admission.NONE)).isEqualTo(new Enqueued.Moved(QUEUE, 7));
        assertThat(enqueue(job("same"), Admission.under(7))).isEqualTo(new Enqueued.Moved(QUEUE, 7));
        assertThat(enqueue(job("later"), Admission.under(8))).isInstanceOf(Enqueued.Created.class);
        assertThat(list(JobState.READY)).containsExactly("later");
    }

    @Test
    default void closedPlaceStillKnowsTheJobsItHas() {
        enqueue("a");
        answer(store().places().close(QUEUE, 7));

        assertThat(enqueue(job("a"), Admission.NONE)).isInstanceOf(Enqueued.Existing.class);
        assertThat(find("a").id()).isEqualTo(new JobId("a"));
        claimAll("t", LONG, "a");
    }

    @Test
    default void epochOfAPlaceNeverGoesBack() {
        answer(store().places().close(QUEUE, 7));
        answer(store().places().close(QUEUE, 5));

        assertThat(enqueue(job("a"), Admission.under(6))).isEqualTo(new Enqueued.Moved(QUEUE, 7));
    }

    @Test
    default void placeIsOpenedUnlessItWasClosedLater() {
        answer(store().places().close(QUEUE, 7));
        answer(store().places().open(QUEUE, 7));
        assertThat(enqueue(job("a"), Admission.NONE)).isEqualTo(new Enqueued.Moved(QUEUE, 7));

        answer(store().places().open(QUEUE, 8));
        assertThat(enqueue(job("a"), Admission.NONE)).isInstanceOf(Enqueued.Created.class);
    }

    @Test
    default void jobFollowsThoseOfItsGroupThatAreInLineOrRun() {
        enqueue(job("first").inOrderOf("g"));
        answer(store().places().close(QUEUE, 7));

        assertThat(enqueue(job("second").inOrderOf("g"), Admission.FOLLOWING)).isInstanceOf(Enqueued.Created.class);
        claimAll("t", LONG, "first");
        assertThat(enqueue(job("third").inOrderOf("g"), Admission.FOLLOWING)).isInstanceOf(Enqueued.Created.class);
        assertThat(enqueue(job("other").inOrderOf("h"), Admission.FOLLOWING)).isEqualTo(new Enqueued.NotHere(QUEUE));
        assertThat(enqueue(job("none"), Admission.FOLLOWING)).isEqualTo(new Enqueued.NotHere(QUEUE));
    }

    @Test
    default void jobFollowsTheOnlyOneOfItsGroupWhileThatRuns() {
        enqueue(job("first").group("g"));
        answer(store().places().close(QUEUE, 7));
        claimAll("t", LONG, "first");

        assertThat(enqueue(job("second").group("g"), Admission.FOLLOWING)).isInstanceOf(Enqueued.Created.class);
        claimAll("u", LONG, "second");
        settle(complete("first", "t"));
        settle(complete("second", "u"));
        assertThat(enqueue(job("third").group("g"), Admission.FOLLOWING)).isEqualTo(new Enqueued.NotHere(QUEUE));
    }

    @Test
    default void whoFollowsFindsTheJobThatIsThere() {
        enqueue("a");

        assertThat(enqueue(job("a"), Admission.FOLLOWING)).isInstanceOf(Enqueued.Existing.class);
        assertThat(enqueue(job("a"), Admission.SEEKING)).isInstanceOf(Enqueued.Existing.class);
        assertThat(list(JobState.READY)).containsExactly("a");
    }

    @Test
    default void whoSeeksAddsNothing() {
        enqueue(job("first").inOrderOf("g"));

        assertThat(enqueue(job("second").inOrderOf("g"), Admission.SEEKING)).isEqualTo(new Enqueued.NotHere(QUEUE));
        assertThat(list(JobState.READY)).containsExactly("first");
    }

    @Test
    default void queueWithAPolicyIsListed() {
        assertThat(store().allQueues()).isEmpty();

        answer(store().places().note(QUEUE, new QueuePolicy(24, Critical.NONE, QueuePolicy.NONE.hold())));

        assertThat(store().allQueues()).containsExactly(QUEUE);
    }

    private Enqueued enqueue(JobDraft draft, Admission admission) {
        return answer(store().jobs().enqueue(draft.build(), admission));
    }
}
