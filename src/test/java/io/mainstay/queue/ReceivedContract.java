package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An attempt that no worker is known to have begun does not count when its lease ends, a few times. */
interface ReceivedContract extends ContractSteps {

    @Test
    default void leaseThatEndsUnreceivedGivesItsAttemptBack() {
        enqueue(job("a").maxAttempts(1));
        enqueue("b");
        claimAll("w.t1", SHORT, "a");
        letPass(SHORT);

        Claimed swept = sweep();

        assertThat(swept.returned()).isEqualTo(1);
        assertThat(list(JobState.READY)).containsExactly("a", "b");
        Job job = find("a");
        assertThat(job.status().attempt()).isZero();
        AttemptError error = job.status().errors().get(0);
        assertThat(error.type()).isEqualTo("not-received");
        assertThat(error.attempt()).isEqualTo(1);
        assertThat(error.worker()).isEqualTo("w");
        assertThat(error.startedAt()).isNotNull();
        assertThat(settle(complete("a", "w.t1"))).isInstanceOf(Settled.Refused.class);
        claimAll("t2", LONG, "a");
        assertThat(find("a").status().attempt()).isEqualTo(1);
        assertThat(sweep().returned()).isZero();
    }

    @Test
    default void fourthLeaseThatEndsUnreceivedCounts() {
        enqueue(job("a").maxAttempts(1));
        for (int i = 0; i < LeaseStore.RETURNS; i++) {
            endUnreceived("a", "t" + i);
            assertThat(stateOf("a")).isEqualTo(JobState.READY);
        }

        endUnreceived("a", "last");

        assertThat(stateOf("a")).isEqualTo(JobState.DEAD);
        assertThat(find("a").status().attempt()).isEqualTo(1);
        assertThat(find("a").status().errors())
                .extracting(AttemptError::type)
                .containsExactly("not-received", "not-received", "not-received", "lease-expired");
    }

    @Test
    default void leaseThatWasExtendedCounts() {
        enqueue("a");
        claimAll("t1", LONG, "a");
        receive("t1", SHORT, "a");
        letPass(SHORT);

        assertThat(sweep().returned()).isZero();

        assertThat(find("a").status().attempt()).isEqualTo(1);
        assertThat(find("a").status().errors()).extracting(AttemptError::type).containsExactly("lease-expired");
    }

    @Test
    default void leaseUnderWhichSomethingWasSaidCounts() {
        enqueue("a");
        claimAll("t1", AMPLE, "a");
        JobNote note = new JobNote(lease("a", "t1"), 1, Optional.of(new JobNote.Said(10, "")), 1, List.of());
        assertThat(answer(store().leases().note(QUEUE, List.of(note)))).isEqualTo(1);
        letPass(AMPLE);

        assertThat(sweep().returned()).isZero();

        assertThat(find("a").status().attempt()).isEqualTo(1);
    }

    @Test
    default void whatIsKnownOfOneClaimIsNotKnownOfTheNext() {
        enqueue("a");
        claimAll("t1", LONG, "a");
        receive("t1", LONG, "a");
        settle(release("a", "t1"));

        endUnreceived("a", "t2");

        assertThat(find("a").status().attempt()).isZero();
    }

    @Test
    default void requeuedJobGetsAttemptsBackAnew() {
        enqueue("a");
        for (int i = 0; i < LeaseStore.RETURNS; i++) {
            endUnreceived("a", "t" + i);
        }
        claimAll("t", LONG, "a");
        settle(failForGood("a", "t"));
        requeue("a", "r");

        endUnreceived("a", "last");

        assertThat(find("a").status().attempt()).isZero();
        assertThat(stateOf("a")).isEqualTo(JobState.READY);
    }

    @Test
    default void sweepCountsAllThatItGaveBack() {
        enqueue("a", "b", "c");
        claimAll("t1", LONG, "a", "b", "c");
        enqueue("d", "e");
        claimAll("t2", SHORT, "d", "e");
        receive("t1", SHORT, "b");
        letPass(SHORT);

        assertThat(sweep().returned()).isEqualTo(2);
    }

    private void endUnreceived(String id, String token) {
        claimAll(token, SHORT, id);
        letPass(SHORT);
        sweep();
    }
}
