package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When, where and with what outcome a job was run. */
interface HistoryContract extends ContractSteps {

    @Test
    default void jobThatWasNotRunHasNoHistory() {
        enqueue("a");

        assertThat(runs("a")).isEmpty();
        assertThat(answer(store().jobs().history(QUEUE, new JobId("none")))).isEmpty();
    }

    @Test
    default void runningAndSucceededAttemptAreTheLatest() {
        Instant before = store().now();
        run(job("a"), "pod-1.t1");

        History.Run running = runs("a").get(0);
        assertThat(running.number()).isEqualTo(1);
        assertThat(running.end()).isEqualTo(History.End.RUNNING);
        assertThat(running.worker()).isEqualTo("pod-1");
        assertThat(running.startedAt()).isBetween(before, store().now());
        assertThat(running.endedAt()).isNull();
        settle(complete("a", "pod-1.t1"));
        History.Run succeeded = runs("a").get(0);
        assertThat(succeeded.end()).isEqualTo(History.End.SUCCEEDED);
        assertThat(succeeded.worker()).isEqualTo("pod-1");
        assertThat(succeeded.startedAt()).isEqualTo(running.startedAt());
        assertThat(succeeded.endedAt()).isBetween(running.startedAt(), store().now());
    }

    @Test
    default void latestStackIsKeptWithItsError() {
        run(job("a"), "t1");
        settle(failure("a", "t1", "at one"));
        claimAll("t2", LONG, "a");
        letPass(Duration.ofMillis(2));
        settle(failure("a", "t2", "at two\nat \"three\""));
        claimAll("t3", LONG, "a");
        letPass(Duration.ofMillis(2));
        settle(failure("a", "t3", ""));

        History history = answer(store().jobs().history(QUEUE, new JobId("a"))).orElseThrow();
        assertThat(history.runs())
                .extracting(run -> history.stackOf(run.error()))
                .containsExactly(Optional.empty(), Optional.of("at two\nat \"three\""), Optional.empty());
    }

    private Settlement failure(String id, String token, String stack) {
        return new Settlement.Fail(lease(id, token), "boom", "it broke", Optional.of(Duration.ZERO), stack);
    }

    @Test
    default void failedAttemptsTellWhereTheyRan() {
        run(job("a").maxAttempts(5), "pod-1.t1");
        Instant started = find("a").status().times().startedAt();
        letPass(SHORT);
        settle(fail("a", "pod-1.t1", Duration.ZERO));
        claimAll("odd.host.t2", LONG, "a");
        settle(new Settlement.Fail(lease("a", "odd.host.t2"), "timeout", "ran too long", Optional.of(Duration.ZERO)));
        claimAll("nameless", LONG, "a");
        receive("nameless", SHORT, "a");
        letPass(SHORT);
        claimAll("pod-2.t4", LONG, "a");

        assertThat(runs("a")).extracting(History.Run::number).containsExactly(1, 2, 3, 4);
        assertThat(runs("a"))
                .extracting(History.Run::end)
                .containsExactly(History.End.FAILED, History.End.TIMED_OUT, History.End.LOST, History.End.RUNNING);
        assertThat(runs("a")).extracting(History.Run::worker).containsExactly("pod-1", "odd.host", null, "pod-2");
        History.Run first = runs("a").get(0);
        assertThat(first.startedAt()).isEqualTo(started);
        assertThat(first.endedAt()).isAfterOrEqualTo(started.plus(SHORT));
        assertThat(first.error().type()).isEqualTo("boom");
    }

    @Test
    default void attemptThatWasGivenBackIsShownAndItsNumberUsedAgain() {
        enqueue("a");
        claimAll("pod-1.t1", SHORT, "a");
        letPass(SHORT);
        claimAll("pod-2.t2", LONG, "a");
        assertThat(runs("a")).extracting(History.Run::number).containsExactly(1, 1);
        assertThat(runs("a")).extracting(History.Run::worker).containsExactly("pod-1", "pod-2");

        cancel("a");

        assertThat(runs("a")).extracting(History.Run::end).containsExactly(History.End.LOST, History.End.CANCELLED);
    }

    @Test
    default void onlyTheLatestAttemptsAreKept() {
        enqueue(job("a").maxAttempts(100));
        for (int i = 1; i <= 12; i++) {
            claimAll("pod.t" + i, LONG, "a");
            settle(fail("a", "pod.t" + i, Duration.ZERO));
        }

        assertThat(runs("a")).hasSize(10);
        assertThat(runs("a").get(9).number()).isEqualTo(12);
    }

    @Test
    default void attemptThatWasCancelledIsTold() {
        run(job("a"), "pod.t1");
        settle(fail("a", "pod.t1", Duration.ZERO));
        claimAll("pod.t2", LONG, "a");
        cancel("a");

        assertThat(runs("a")).extracting(History.Run::end).containsExactly(History.End.FAILED, History.End.CANCELLED);
    }

    @Test
    default void whatWasNoAttemptIsNotTold() {
        run(job("a"), "pod.t1");
        settle(release("a", "pod.t1"));
        cancel("a");
        enqueue(job("b").expiresIn(SHORT));
        letPass(SHORT);
        claim(1);
        run(job("c"), "pod.t3");
        settle(fail("c", "pod.t3", LONG));
        cancel("c");

        assertThat(runs("a")).isEmpty();
        assertThat(find("b").status().errors()).hasSize(1);
        assertThat(runs("b")).isEmpty();
        assertThat(runs("c")).extracting(History.Run::end).containsExactly(History.End.FAILED);
    }

    private List<History.Run> runs(String id) {
        return answer(store().jobs().history(QUEUE, new JobId(id)))
                .orElseThrow()
                .runs();
    }
}
