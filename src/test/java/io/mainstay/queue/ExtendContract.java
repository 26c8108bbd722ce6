package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

interface ExtendContract extends ContractSteps {

    @Test
    default void extendedLeaseOutlivesItsFirstTerm() {
        enqueue("a");
        claimAll("t1", SHORT, "a");

        assertThat(extend(LONG, lease("a", "t1"))).isEmpty();
        letPass(SHORT.plusMillis(1));
        sweep();

        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);
    }

    @Test
    default void leaseCanBeShortenedToo() {
        run(job("a"), "t1");

        assertThat(extend(SHORT, lease("a", "t1"))).isEmpty();
        letPass(SHORT.plusMillis(1));
        sweep();

        assertThat(stateOf("a")).isEqualTo(JobState.READY);
    }

    @Test
    default void lostLeasesAreNamedAndTheOthersExtended() {
        enqueue("held", "done", "cancelled", "failed");
        claimAll("t1", SHORT, "held", "done", "cancelled", "failed");
        settle(complete("done", "t1"));
        cancel("cancelled");
        settle(fail("failed", "t1", LONG));

        List<LostLease> lost = extend(
                LONG,
                lease("unknown", "t1"),
                lease("done", "t1"),
                lease("held", "t1"),
                lease("held", "t0"),
                lease("cancelled", "t1"),
                lease("failed", "t1"));

        assertThat(lost)
                .containsExactlyInAnyOrder(
                        lost("unknown", "t1"),
                        lost("done", "t1"),
                        lost("held", "t0"),
                        new LostLease(lease("cancelled", "t1"), true),
                        lost("failed", "t1"));
        letPass(SHORT.plusMillis(1));
        sweep();
        assertThat(stateOf("held")).isEqualTo(JobState.RUNNING);
    }

    @Test
    default void expiredLeaseCanBeExtendedUntilSomebodySweeps() {
        enqueue("a");
        claimAll("t1", SHORT, "a");
        letPass(SHORT.plusMillis(1));

        assertThat(extend(LONG, lease("a", "t1"))).isEmpty();
        sweep();

        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);
    }

    @Test
    default void leaseOfARescuedJobIsLost() {
        enqueue("a");
        claimAll("t1", SHORT, "a");
        letPass(SHORT.plusMillis(1));
        sweep();

        assertThat(extend(LONG, lease("a", "t1"))).containsExactly(lost("a", "t1"));
        assertThat(stateOf("a")).isEqualTo(JobState.READY);
    }

    @Test
    default void onlyCancellingWhatRunsIsCounted() {
        enqueue("one", "two", "three", "waiting");
        claimAll("t1", LONG, "one", "two", "three");
        assertThat(revoked()).isZero();

        cancel("waiting");
        settle(complete("three", "t1"));
        cancel("three");
        assertThat(revoked()).isZero();

        cancel("one");
        cancel("one");
        assertThat(revoked()).isEqualTo(1);
        cancel("two");
        assertThat(revoked()).isEqualTo(2);
    }

    private long revoked() {
        return answer(store().leases().revoked(QUEUE));
    }

    private LostLease lost(String id, String token) {
        return new LostLease(lease(id, token), false);
    }

    private List<LostLease> extend(Duration duration, Lease... leases) {
        return answer(store().leases().extend(QUEUE, List.of(leases), duration));
    }
}
