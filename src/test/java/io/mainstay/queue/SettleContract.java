package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A worker's reports, told once. */
interface SettleContract extends ContractSteps {

    @Test
    default void completedJobSucceedsWithItsResult() {
        run(job("a"), "t1");
        Instant before = store().now();

        assertThat(settle(complete("a", "t1"))).isEqualTo(new Settled.Applied(JobState.SUCCEEDED));

        Job job = find("a");
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.status().result()).isEqualTo(new Json("{\"ok\":true}"));
        assertThat(job.status().attempt()).isEqualTo(1);
        assertThat(job.status().times().finishedAt()).isBetween(before, store().now());
        assertThat(list(JobState.RUNNING)).isEmpty();
    }

    @Test
    default void jobMaySucceedWithoutResult() {
        run(job("a"), "t1");
        settle(new Settlement.Complete(lease("a", "t1"), Optional.empty()));
        run(job("b"), "t2");
        settle(new Settlement.Complete(lease("b", "t2"), Optional.of(Json.NULL)));

        assertThat(find("a").status().result()).isNull();
        assertThat(find("b").status().result()).isEqualTo(Json.NULL);
    }

    @Test
    default void failedJobWaitsForItsNextAttempt() {
        run(job("a"), "t1");
        Instant before = store().now();

        assertThat(settle(fail("a", "t1", LONG))).isEqualTo(new Settled.Applied(JobState.SCHEDULED));

        Job job = find("a");
        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(job.status().times().runAt())
                .isBetween(before.plus(LONG), store().now().plus(LONG));
        assertThat(job.status().times().finishedAt()).isNull();
        assertThat(job.status().errors()).hasSize(1);
        AttemptError error = job.status().errors().get(0);
        assertThat(error.attempt()).isEqualTo(1);
        assertThat(error.type()).isEqualTo("boom");
        assertThat(error.message()).isEqualTo("it broke");
        assertThat(error.at()).isBetween(before, store().now());
        assertThat(claim(1).jobs()).isEmpty();
    }

    @Test
    default void failureWithoutWaitIsTriedByTheNextClaim() {
        run(job("a"), "t1");

        assertThat(settle(fail("a", "t1", Duration.ZERO))).isEqualTo(new Settled.Applied(JobState.SCHEDULED));

        claimAll("t2", LONG, "a");
        assertThat(find("a").status().attempt()).isEqualTo(2);
    }

    @Test
    default void failureOfTheLastAttemptIsDeath() {
        run(job("a").maxAttempts(1), "t1");

        assertThat(settle(fail("a", "t1", LONG))).isEqualTo(new Settled.Applied(JobState.DEAD));

        assertThat(find("a").status().times().finishedAt()).isNotNull();
        assertThat(list(JobState.DEAD)).containsExactly("a");
        assertThat(list(JobState.SCHEDULED)).isEmpty();
    }

    @Test
    default void failureForGoodIsDeathWhateverAttemptsAreLeft() {
        run(job("a"), "t1");

        assertThat(settle(failForGood("a", "t1"))).isEqualTo(new Settled.Applied(JobState.DEAD));
        assertThat(list(JobState.DEAD)).containsExactly("a");
    }

    @Test
    default void lastTenErrorsAreKept() {
        enqueue(job("a").maxAttempts(20));
        IntStream.rangeClosed(1, 12).forEach(attempt -> {
            claimAll("t" + attempt, LONG, "a");
            settle(fail("a", "t" + attempt, Duration.ZERO));
        });

        assertThat(find("a").status().errors())
                .extracting(AttemptError::attempt)
                .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    default void errorTextComesBackAsItWas() {
        String message = "line 1\nline 2\t\"quoted\" \\ ü€😀 \u0000 {} [] null ".repeat(10);
        run(job("a"), "t1");
        settle(new Settlement.Fail(lease("a", "t1"), "http-503", message, Optional.of(LONG)));

        assertThat(find("a").status().errors())
                .extracting(AttemptError::message)
                .containsExactly(message);
    }

    @Test
    default void releasedJobGetsItsAttemptAndItsPlaceBack() {
        enqueue("a", "b");
        Job before = find("a");
        claimAll("t1", LONG, "a");

        assertThat(settle(release("a", "t1"))).isEqualTo(new Settled.Applied(JobState.READY));

        assertThat(list(JobState.READY)).containsExactly("a", "b");
        assertThat(find("a").status().attempt()).isZero();
        assertThat(find("a").status().errors()).isEmpty();
        assertThat(find("a").status().times().runAt())
                .isEqualTo(before.status().times().runAt());
        claimAll("t2", LONG, "a");
        assertThat(find("a").status().attempt()).isEqualTo(1);
    }

    @Test
    default void reportsOfABatchAreAnsweredInTheirOrder() {
        enqueue("a", "b", "c", "d");
        claimAll("t1", LONG, "a", "b", "c", "d");

        List<Settled> answers = answer(store().leases()
                .settle(
                        QUEUE,
                        List.of(
                                release("d", "t1"),
                                complete("a", "wrong"),
                                fail("b", "t1", LONG),
                                complete("unknown", "t1"),
                                complete("c", "t1"))));

        assertThat(answers)
                .containsExactly(
                        new Settled.Applied(JobState.READY),
                        new Settled.Refused(),
                        new Settled.Applied(JobState.SCHEDULED),
                        new Settled.Refused(),
                        new Settled.Applied(JobState.SUCCEEDED));
        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);
        assertThat(answer(store().leases().settle(QUEUE, List.of()))).isEmpty();
    }

    @Test
    default void reportsUnderAnotherTokenAreRefusedAndChangeNothing() {
        run(job("a"), "t1");
        Job before = find("a");

        for (Settlement late :
                List.of(complete("a", "t0"), fail("a", "t0", LONG), failForGood("a", "t0"), release("a", "t0"))) {
            assertThat(settle(late)).isEqualTo(new Settled.Refused());
            assertThat(find("a")).isEqualTo(before);
        }
    }

    @Test
    default void jobThatNeverRanCannotBeSettled() {
        enqueue("a");

        assertThat(settle(complete("a", ""))).isEqualTo(new Settled.Refused());
        assertThat(stateOf("a")).isEqualTo(JobState.READY);
    }

    @Test
    default void leaseThatIsOverStillCountsUntilSomebodySweeps() {
        enqueue("a");
        claimAll("t1", SHORT, "a");
        letPass(SHORT.plusMillis(1));

        assertThat(settle(complete("a", "t1"))).isEqualTo(new Settled.Applied(JobState.SUCCEEDED));
    }
}
