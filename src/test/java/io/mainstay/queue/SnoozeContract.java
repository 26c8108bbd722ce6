package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs whose handlers want to be run again later. */
interface SnoozeContract extends ContractSteps {

    @Test
    default void snoozedJobWaitsAndTheAttemptDoesNotCount() {
        run(job("a").maxAttempts(1), "t1");
        Instant before = store().now();

        assertThat(settle(snooze("a", "t1", LONG))).isEqualTo(new Settled.Applied(JobState.SCHEDULED));
        Job job = find("a");
        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(job.status().attempt()).isZero();
        assertThat(job.status().errors()).isEmpty();
        assertThat(job.status().notes().snoozes()).isEqualTo(1);
        assertThat(job.status().times().runAt())
                .isBetween(before.plus(LONG), store().now().plus(LONG));
        assertThat(list(JobState.RUNNING)).isEmpty();
        assertThat(list(JobState.SCHEDULED)).containsExactly("a");
        assertThat(reasonOf("a")).isEqualTo(WaitReason.SNOOZED);
        assertThat(answer(store().jobs().history(QUEUE, new JobId("a")))
                        .orElseThrow()
                        .runs())
                .isEmpty();
    }

    @Test
    default void snoozedJobRunsAgain() {
        run(job("a").maxAttempts(1), "t1");
        settle(snooze("a", "t1", Duration.ZERO));
        Job again = claim(1, "t2", LONG).jobs().get(0);

        assertThat(again.status().attempt()).isEqualTo(1);
        assertThat(again.status().notes().snoozes()).isEqualTo(1);
        assertThat(settle(complete("a", "t2"))).isEqualTo(new Settled.Applied(JobState.SUCCEEDED));
        assertThat(find("a").status().notes().snoozes()).isEqualTo(1);
    }

    /** What is sent to others is told apart by these two: the one by attempt, the other by what is one delivery. */
    @Test
    default void everyClaimRaisesTheFenceAndOnlyAnotherDeliveryTheReruns() {
        run(job("a").maxAttempts(3), "t1");
        settle(fail("a", "t1", Duration.ZERO));
        Job retried = claim(1, "t2", LONG).jobs().get(0);
        settle(release("a", "t2"));
        Job released = claim(1, "t3", LONG).jobs().get(0);
        settle(snooze("a", "t3", Duration.ZERO));
        Job snoozed = claim(1, "t4", LONG).jobs().get(0);
        settle(failForGood("a", "t4"));
        requeue("a", "r1");
        Job requeued = claim(1, "t5", LONG).jobs().get(0);
        Job repeated = claim(1, "t5", LONG).jobs().get(0);

        assertThat(List.of(retried, released, snoozed, requeued, repeated))
                .extracting(job -> job.status().starts())
                .containsExactly(
                        new JobStatus.Starts(2, 2, 0),
                        new JobStatus.Starts(2, 3, 0),
                        new JobStatus.Starts(2, 4, 1),
                        new JobStatus.Starts(1, 5, 2),
                        new JobStatus.Starts(1, 5, 2));
        assertThat(find("a")).isEqualTo(requeued);
    }

    @Test
    default void jobIsPutOffOnlySoOften() {
        enqueue(job("a").maxAttempts(10));
        for (int i = 1; i <= 3; i++) {
            claimAll("pod.t" + i, LONG, "a");
            settle(snooze("a", "pod.t" + i, Duration.ZERO));
        }
        claimAll("pod.t4", LONG, "a");

        assertThat(settle(snooze("a", "pod.t4", Duration.ZERO))).isEqualTo(new Settled.Applied(JobState.DEAD));
        assertThat(find("a").status().errors()).extracting("type").containsExactly("snoozed-too-often");
        assertThat(find("a").status().errors()).extracting("worker").containsExactly("pod");
        assertThat(list(JobState.DEAD)).containsExactly("a");
        assertThat(settle(snooze("a", "pod.t4", Duration.ZERO))).isEqualTo(new Settled.Applied(JobState.DEAD, true));

        requeue("a", "r1");
        assertThat(find("a").status().notes().snoozes()).isZero();
    }

    @Test
    default void repeatedSnoozeIsAnsweredAsTheFirstAndChangesNothing() {
        run(job("a"), "t1");
        settle(snooze("a", "t1", LONG));
        Job after = find("a");
        letPass(Duration.ofMillis(2));

        assertThat(answer(store().leases()
                        .settle(QUEUE, List.of(snooze("a", "t1", LONG), snooze("a", "t1", Duration.ZERO)))))
                .containsOnly(new Settled.Applied(JobState.SCHEDULED, true));
        assertThat(find("a")).isEqualTo(after);
        assertThat(settle(fail("a", "t1", LONG))).isEqualTo(new Settled.Refused());
        assertThat(settle(release("a", "t1"))).isEqualTo(new Settled.Refused());
    }

    @Test
    default void snoozeOfAJobThatSomebodyElseHasIsRefused() {
        run(job("a"), "t1");
        cancel("a");

        assertThat(settle(snooze("a", "t1", LONG))).isEqualTo(new Settled.Refused());
        assertThat(settle(snooze("none", "t1", LONG))).isEqualTo(new Settled.Refused());
        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    default void failureAfterASnoozeIsABackoffAndTheOtherWayRound() {
        run(job("a"), "t1");
        settle(fail("a", "t1", Duration.ZERO));
        letPass(Duration.ofMillis(2));
        claimAll("t2", LONG, "a");
        settle(snooze("a", "t2", LONG));
        assertThat(reasonOf("a")).isEqualTo(WaitReason.SNOOZED);
        assertThat(find("a").status().attempt()).isEqualTo(1);

        run(job("b"), "t3");
        settle(snooze("b", "t3", Duration.ZERO));
        letPass(Duration.ofMillis(2));
        claimAll("t4", LONG, "b");
        settle(fail("b", "t4", LONG));
        assertThat(reasonOf("b")).isEqualTo(WaitReason.BACKOFF);
    }

    @Test
    default void orderWaitsForTheOneThatIsPutOff() {
        run(job("a").inOrderOf("g"), "t1");
        enqueue(job("b").inOrderOf("g"));
        settle(snooze("a", "t1", AMPLE));
        assertThat(claim(2).jobs()).isEmpty();
        letPass(AMPLE);

        claimAll("t2", LONG, "a");
        settle(complete("a", "t2"));
        assertThat(claim(2).jobs()).extracting(ContractSteps::id).containsExactly("b");
    }

    @Test
    default void fairShareWaitsForNobody() {
        run(job("a").group("g"), "t1");
        enqueue(job("b").group("g"));
        settle(snooze("a", "t1", LONG));

        assertThat(claim(2).jobs()).extracting(ContractSteps::id).containsExactly("b");
    }

    private WaitReason reasonOf(String id) {
        return answer(store().jobs().explain(QUEUE, new JobId(id)))
                .orElseThrow()
                .reason();
    }
}
