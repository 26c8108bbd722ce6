package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports sent again because their answer was lost, and reports that come too late. */
interface RepeatedReportContract extends ContractSteps {

    @Test
    default void repeatedReportIsAnsweredAsTheFirstAndChangesNothing() {
        for (Settlement report :
                List.of(complete("a", "t-a"), fail("b", "t-b", LONG), failForGood("c", "t-c"), release("d", "t-d"))) {
            String id = report.lease().id().value();
            run(job(id), report.lease().token());
            Settled first = settle(report);
            Job after = find(id);
            letPass(Duration.ofMillis(1));

            assertThat(first).isInstanceOf(Settled.Applied.class);
            assertThat(settle(report)).isEqualTo(new Settled.Applied(((Settled.Applied) first).state(), true));
            assertThat(find(id)).isEqualTo(after);
        }
    }

    @Test
    default void reportTwiceInOneBatchIsAppliedOnce() {
        run(job("a"), "t1");

        assertThat(answer(store().leases().settle(QUEUE, List.of(fail("a", "t1", LONG), fail("a", "t1", LONG)))))
                .containsExactly(
                        new Settled.Applied(JobState.SCHEDULED), new Settled.Applied(JobState.SCHEDULED, true));
        assertThat(find("a").status().errors()).hasSize(1);
    }

    @Test
    default void repeatedFailureIsAnsweredWithWhatBecameOfTheJob() {
        run(job("a"), "t1");
        settle(fail("a", "t1", Duration.ZERO));
        sweep();
        assertThat(settle(fail("a", "t1", Duration.ZERO))).isEqualTo(new Settled.Applied(JobState.READY, true));
    }

    @Test
    default void anotherKindOfReportUnderTheSameTokenIsRefused() {
        run(job("a"), "t1");
        settle(fail("a", "t1", LONG));
        assertThat(settle(complete("a", "t1"))).isEqualTo(new Settled.Refused());
        assertThat(settle(release("a", "t1"))).isEqualTo(new Settled.Refused());
        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);

        run(job("b"), "t2");
        settle(complete("b", "t2"));
        assertThat(settle(failForGood("b", "t2"))).isEqualTo(new Settled.Refused());
        assertThat(stateOf("b")).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    default void ofARetryAndAFailureForGoodOneIsRefused() {
        run(job("a"), "t1");
        run(job("b"), "t2");

        assertThat(answer(store().leases().settle(QUEUE, List.of(fail("a", "t1", LONG), failForGood("a", "t1")))))
                .containsExactly(new Settled.Applied(JobState.SCHEDULED), new Settled.Refused());
        assertThat(answer(store().leases().settle(QUEUE, List.of(failForGood("b", "t2"), fail("b", "t2", LONG)))))
                .containsExactly(new Settled.Applied(JobState.DEAD), new Settled.Refused());
        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);
        assertThat(stateOf("b")).isEqualTo(JobState.DEAD);
    }

    @Test
    default void reportIsUnknownOnceTheJobRunsAgain() {
        run(job("a"), "t1");
        settle(fail("a", "t1", Duration.ZERO));
        claimAll("t2", LONG, "a");

        assertThat(settle(fail("a", "t1", Duration.ZERO))).isEqualTo(new Settled.Refused());
        assertThat(settle(complete("a", "t2"))).isEqualTo(new Settled.Applied(JobState.SUCCEEDED));
    }

    @Test
    default void ownerOfARescuedJobIsRefusedEverything() {
        enqueue("a");
        claimAll("t1", SHORT, "a");
        letPass(SHORT);
        sweep();

        for (Settlement late : List.of(complete("a", "t1"), failForGood("a", "t1"), release("a", "t1"))) {
            assertThat(settle(late)).isEqualTo(new Settled.Refused());
        }
        assertThat(stateOf("a")).isEqualTo(JobState.READY);
        claimAll("t2", LONG, "a");
        assertThat(settle(complete("a", "t1"))).isEqualTo(new Settled.Refused());
    }

    @Test
    default void ownerOfACancelledJobIsRefusedEverything() {
        run(job("a"), "t1");
        cancel("a");
        run(job("b"), "t2");
        settle(fail("b", "t2", LONG));
        cancel("b");

        for (Settlement late :
                List.of(complete("a", "t1"), failForGood("a", "t1"), release("a", "t1"), fail("b", "t2", LONG))) {
            assertThat(settle(late)).isEqualTo(new Settled.Refused());
        }
        assertThat(list(JobState.CANCELLED)).hasSize(2);
    }

    @Test
    default void requeuedJobDoesNotKnowItsOldOwner() {
        run(job("a"), "t1");
        settle(failForGood("a", "t1"));
        requeue("a", "r1");
        assertThat(settle(failForGood("a", "t1"))).isEqualTo(new Settled.Refused());

        run(job("b").priority(9), "t2");
        settle(release("b", "t2"));
        cancel("b");
        requeue("b", "r2");
        assertThat(settle(release("b", "t2"))).isEqualTo(new Settled.Refused());
    }
}
