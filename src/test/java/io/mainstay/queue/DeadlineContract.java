package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Deadline;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Jobs that must be done by a certain time. */
interface DeadlineContract extends ContractSteps {

    @Test
    default void jobPastItsDeadlineIsNotStarted() {
        enqueue(job("late").within(SHORT));
        enqueue(job("in-time").within(LONG));
        enqueue(job("plain"));
        letPass(SHORT);
        assertThat(reasonOf("late")).isEqualTo(WaitReason.DEADLINE_PASSED);

        assertThat(claim(3).jobs()).extracting(ContractSteps::id).containsExactly("in-time", "plain");
        assertThat(stateOf("late")).isEqualTo(JobState.DEAD);
        assertThat(find("late").status().attempt()).isZero();
        assertThat(find("late").status().errors()).extracting("type").containsExactly("deadline");
    }

    @Test
    default void deadlineIsToldAsItWasGiven() {
        Instant time = store().now().plus(LONG);
        enqueue(job("a").deadline(new Deadline.At(time)));
        enqueue(job("b").within(LONG).expiresIn(AMPLE));
        enqueue(job("c"));

        assertThat(find("a").deadline()).contains(Instant.ofEpochMilli(time.toEpochMilli()));
        assertThat(find("b").deadline())
                .contains(find("b").status().times().enqueuedAt().plus(LONG));
        assertThat(find("b").spec().options().expiresIn()).isEqualTo(AMPLE);
        assertThat(find("c").deadline()).isEmpty();
        assertThat(claim(3).jobs()).extracting(ContractSteps::id).containsExactly("a", "b", "c");
    }

    @Test
    default void deadlineThatHasPassedWhenTheJobComesIsTaken() {
        enqueue(job("a").deadline(new Deadline.At(Instant.EPOCH)));
        enqueue("b");

        assertThat(claim(1).jobs()).extracting(ContractSteps::id).containsExactly("b");
        assertThat(stateOf("a")).isEqualTo(JobState.DEAD);
    }

    @Test
    default void deadlineHoldsForRetriesToo() {
        run(job("a").within(AMPLE), "t1");
        settle(fail("a", "t1", SHORT));
        letPass(AMPLE);
        assertThat(reasonOf("a")).isEqualTo(WaitReason.DEADLINE_PASSED);

        assertThat(claim(1).jobs()).isEmpty();
        assertThat(stateOf("a")).isEqualTo(JobState.DEAD);
        assertThat(find("a").status().attempt()).isEqualTo(1);
        assertThat(find("a").status().errors()).extracting("type").containsExactly("boom", "deadline");
    }

    @Test
    default void deadlineCountsFromTheEnqueueWhateverTheDelay() {
        enqueue(job("a").after(SHORT).within(SHORT.plusMillis(1)));
        letPass(SHORT);
        letPass(Duration.ofMillis(2));

        assertThat(claim(1).jobs()).isEmpty();
        assertThat(stateOf("a")).isEqualTo(JobState.DEAD);
    }

    @Test
    default void whatIsOverFirstIsTheReason() {
        enqueue(job("a").expiresIn(SHORT).within(LONG));
        enqueue(job("b").expiresIn(LONG).within(SHORT));
        letPass(SHORT);
        Claimed claimed = claim(2);
        HandlerName handler = find("a").spec().handler();

        assertThat(claimed.died())
                .extracting(
                        death -> death.id() + " " + death.handler() + " " + death.attempt() + " " + death.errorType())
                .containsExactlyInAnyOrder("a " + handler + " 0 expired", "b " + handler + " 0 deadline");
        assertThat(claim(2).died()).isEmpty();
        assertThat(find("a").status().errors()).extracting("type").containsExactly("expired");
        assertThat(find("b").status().errors()).extracting("type").containsExactly("deadline");
    }

    @Test
    default void requeueMovesNoDeadline() {
        enqueue(job("a").within(SHORT));
        letPass(SHORT);
        claim(1);
        requeue("a", "r1");

        assertThat(claim(1).jobs()).isEmpty();
        assertThat(stateOf("a")).isEqualTo(JobState.DEAD);
    }

    /** Its worker stops it; what that reports counts. */
    @Test
    default void runningJobMayStillBeReported() {
        run(job("a").within(AMPLE), "t1");
        letPass(AMPLE);
        sweep();
        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);

        assertThat(settle(complete("a", "t1"))).isEqualTo(new Settled.Applied(JobState.SUCCEEDED));
    }

    private WaitReason reasonOf(String id) {
        return answer(store().jobs().explain(QUEUE, job(id).id())).orElseThrow().reason();
    }
}
