package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.queue.Explanation.Blocker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which jobs keep another one from starting. */
interface BlockersContract extends ContractSteps {

    private Explanation.Waiting why(String id) {
        return answer(store().jobs().explain(QUEUE, new JobId(id)))
                .orElseThrow()
                .waiting();
    }

    private void limit(LimitsDraft limits) {
        answer(store().jobs().setLimits(QUEUE, limits.build()));
    }

    private static Blocker blocker(String id, JobState state, Instant since) {
        return new Blocker(new JobId(id), state, since);
    }

    private Blocker running(String id) {
        return blocker(id, JobState.RUNNING, find(id).status().times().startedAt());
    }

    @Test
    default void jobThatNothingHoldsHasNoBlockers() {
        enqueue("a");

        assertThat(why("a")).isEqualTo(Explanation.Waiting.NOTHING);
    }

    @Test
    default void runningJobsFillTheQueueThoseFirstThatRunLongest() {
        limit(LimitsDraft.NONE.concurrency(2));
        run(job("z"), "t1");
        letPass(Duration.ofMillis(2));
        run(job("a"), "t2");
        enqueue("b");

        assertThat(why("b").limit()).hasValue(WaitReason.CONCURRENCY);
        assertThat(why("b").blockers()).containsExactly(running("z"), running("a"));
    }

    @Test
    default void onlySomeOfManyAreNamed() {
        limit(LimitsDraft.NONE.concurrency(8));
        for (int i = 0; i < 8; i++) {
            run(job("job-" + i), "t" + i);
            letPass(Duration.ofMillis(2));
        }
        enqueue("b");

        assertThat(why("b").blockers())
                .extracting(blocker -> blocker.id().value())
                .containsExactly("job-0", "job-1", "job-2", "job-3", "job-4");
    }

    @Test
    default void orderWaitsForTheJobThatRuns() {
        run(job("a").inOrderOf("g"), "t1");
        enqueue(job("b").inOrderOf("g"));
        enqueue(job("c").inOrderOf("g"));

        assertThat(why("b").limit()).hasValue(WaitReason.GROUP_ORDER);
        assertThat(why("b").blockers()).containsExactly(running("a"));
        assertThat(why("c").blockers()).containsExactly(running("a"));
    }

    @Test
    default void orderWaitsForTheJobThatWaitsForItsNextAttempt() {
        run(job("a").inOrderOf("g"), "t1");
        enqueue(job("b").inOrderOf("g"));
        Instant before = store().now();
        settle(fail("a", "t1", LONG));

        List<Blocker> blockers = why("b").blockers();
        assertThat(blockers)
                .extracting(Blocker::id, Blocker::state)
                .containsExactly(tuple(new JobId("a"), JobState.SCHEDULED));
        assertThat(blockers.get(0).since()).isBetween(before, store().now());
    }

    @Test
    default void orderWaitsForTheFirstInLine() {
        enqueue(job("a").inOrderOf("g"));
        enqueue(job("b").inOrderOf("g"));

        assertThat(why("a").blockers()).isEmpty();
        assertThat(why("b").blockers())
                .containsExactly(
                        blocker("a", JobState.READY, find("a").status().times().runAt()));
    }

    @Test
    default void jobsOfItsOwnGroupFillIt() {
        limit(LimitsDraft.NONE.groupConcurrency(1));
        run(job("a").group("g"), "t1");
        run(job("other").group("h"), "t2");
        enqueue(job("b").group("g"));

        assertThat(why("b").limit()).hasValue(WaitReason.GROUP_CONCURRENCY);
        assertThat(why("b").blockers()).containsExactly(running("a"));
    }

    @Test
    default void targetOfMostRunningJobsIsKnown() {
        run(job("a").goingTo("http", "https://slow:443"), "t1");
        run(job("b").goingTo("http", "https://slow:443"), "t2");
        run(job("c").goingTo("http", "https://fast:443"), "t3");
        run(job("d"), "t4");
        enqueue("e");

        assertThat(why("e").busiest()).hasValue(new Explanation.BusyTarget("https://slow:443", 2, 4));
        assertThat(why("e").busiest().orElseThrow().isMost()).isFalse();
    }

    @Test
    default void noTargetIsNamedOfJobsThatHaveNone() {
        run(job("a"), "t1");
        enqueue("b");

        assertThat(why("b").busiest()).isEmpty();
    }
}
