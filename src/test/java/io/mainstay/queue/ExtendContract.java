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

        List<Lease> lost = extend(
                LONG,
                lease("unknown", "t1"),
                lease("done", "t1"),
                lease("held", "t1"),
                lease("held", "t0"),
                lease("cancelled", "t1"),
                lease("failed", "t1"));

        assertThat(lost)
                .containsExactlyInAnyOrder(
                        lease("unknown", "t1"),
                        lease("done", "t1"),
                        lease("held", "t0"),
                        lease("cancelled", "t1"),
                        lease("failed", "t1"));
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

        assertThat(extend(LONG, lease("a", "t1"))).containsExactly(lease("a", "t1"));
        assertThat(stateOf("a")).isEqualTo(JobState.READY);
    }

    private List<Lease> extend(Duration duration, Lease... leases) {
        return answer(store().leases().extend(QUEUE, List.of(leases), duration));
    }
}
