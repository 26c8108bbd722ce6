package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jobs on which somebody reports later, whatever becomes of the worker. */
interface PendContract extends ContractSteps {

    @Test
    default void pendingJobKeepsItsLeaseUntilItsTimeOut() {
        run(job("a").maxAttempts(2), "t1", SHORT);

        assertThat(settle(pend("a", "t1", LONG))).isEqualTo(new Settled.Applied(JobState.RUNNING));
        letPass(SHORT.multipliedBy(2));

        assertThat(claim(1, "t2", LONG).jobs()).isEmpty();
        assertThat(settle(complete("a", "t1"))).isEqualTo(new Settled.Applied(JobState.SUCCEEDED));
        assertThat(settle(complete("a", "t1"))).isEqualTo(new Settled.Applied(JobState.SUCCEEDED, true));
    }

    @Test
    default void pendingJobOnWhichNobodyReportsIsDueAgainAfterItsBackoff() {
        run(job("a").maxAttempts(2), "t1", LONG);
        settle(pend("a", "t1", SHORT));
        letPass(SHORT.multipliedBy(2));
        sweep();

        assertThat(find("a").state()).isEqualTo(JobState.SCHEDULED);
        assertThat(find("a").status().attempt()).isEqualTo(1);
        assertThat(find("a").status().errors()).extracting("type").containsExactly("timeout");
        assertThat(settle(complete("a", "t1"))).isEqualTo(new Settled.Refused());
    }

    @Test
    default void pendingJobWithoutAttemptsDies() {
        run(job("a").maxAttempts(1), "t1", LONG);
        settle(pend("a", "t1", SHORT));
        letPass(SHORT.multipliedBy(2));
        sweep();

        assertThat(find("a").state()).isEqualTo(JobState.DEAD);
        assertThat(find("a").status().errors()).extracting("type").containsExactly("timeout");
    }

    @Test
    default void repeatedPendDoesNotMoveTheTimeOut() {
        run(job("a").maxAttempts(1), "t1", LONG);
        settle(pend("a", "t1", SHORT));
        assertThat(settle(pend("a", "t1", LONG))).isEqualTo(new Settled.Applied(JobState.RUNNING));
        letPass(SHORT.multipliedBy(2));
        sweep();

        assertThat(find("a").state()).isEqualTo(JobState.DEAD);
    }

    @Test
    default void pendThatComesAfterTheReportChangesNothing() {
        run(job("a"), "t1", LONG);
        settle(complete("a", "t1"));

        assertThat(settle(pend("a", "t1", SHORT))).isEqualTo(new Settled.Applied(JobState.SUCCEEDED));
        assertThat(settle(pend("a", "t0", SHORT))).isEqualTo(new Settled.Refused());
        assertThat(find("a").state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    default void claimThatIsRepeatedLateLeavesAPendingJobAlone() {
        run(job("a").maxAttempts(1), "t1", LONG);
        settle(pend("a", "t1", LONG));

        assertThat(claim(1, "t1", SHORT).jobs()).isEmpty();
        letPass(SHORT.multipliedBy(2));
        sweep();
        assertThat(find("a").state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    default void leaseOfALaterAttemptIsNoPendingOne() {
        run(job("a").maxAttempts(3), "t1", LONG);
        settle(pend("a", "t1", SHORT));
        letPass(SHORT.multipliedBy(2));
        sweep();
        letPass(SHORT.multipliedBy(2));
        claimAll("t2", SHORT, "a");
        answer(store().leases().extend(QUEUE, List.of(lease("a", "t2")), SHORT));
        letPass(SHORT.multipliedBy(2));
        sweep();

        assertThat(find("a").status().errors()).extracting("type").containsExactly("timeout", "lease-expired");
        assertThat(find("a").state()).isEqualTo(JobState.READY);
    }

    private Settlement pend(String id, String token, Duration timeout) {
        return new Settlement.Pend(lease(id, token), timeout, Optional.of(SHORT));
    }

    private void run(JobDraft draft, String token, Duration lease) {
        enqueue(draft);
        claimAll(token, lease, draft.id().value());
    }
}
