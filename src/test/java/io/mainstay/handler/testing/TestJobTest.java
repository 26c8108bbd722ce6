package io.mainstay.handler.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.Progress;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TestJobTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final JobHandler endless = job -> {
        begun.countDown();
        new CountDownLatch(1).await();
        return Outcome.success();
    };

    @Test
    void handlerSeesTheJob() {
        TestJob job = TestJob.of("{\"a\": 1.50}")
                .queue("mail")
                .id("welcome-7")
                .attempt(3)
                .timeout(Duration.ofSeconds(20));

        job.run((JobHandler) seen -> {
                    assertThat(seen.queue()).hasToString("mail");
                    assertThat(seen.id()).hasToString("welcome-7");
                    assertThat(seen.payload()).isEqualTo(new Json("{\"a\": 1.50}"));
                    assertThat(seen.attempt()).isEqualTo(3);
                    assertThat(seen.maxAttempts()).isEqualTo(10);
                    assertThat(seen.fence()).isEqualTo(3);
                    assertThat(seen.timeLeft()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
                    assertThat(seen.cancelled()).isFalse();
                    return Outcome.success();
                })
                .outcome();
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(Outcome.success(), 1, JobState.SUCCEEDED),
                Arguments.of(Outcome.retry("t", "m"), 1, JobState.SCHEDULED),
                Arguments.of(Outcome.retry("t", "m"), 10, JobState.DEAD),
                Arguments.of(Outcome.fail("t", "m"), 1, JobState.DEAD),
                Arguments.of(Outcome.snooze(Duration.ofHours(1)), 10, JobState.SCHEDULED),
                Arguments.of(Outcome.release(), 1, JobState.READY),
                Arguments.of(Outcome.pending(), 1, JobState.RUNNING),
                Arguments.of(null, 1, JobState.SCHEDULED));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void stateIsThatOfTheService(Outcome outcome, int attempt, JobState state) {
        JobRun run = TestJob.of("null").attempt(attempt).run((JobHandler) job -> outcome);

        assertThat(run.end()).isEqualTo(JobRun.End.RETURNED);
        assertThat(run.state()).isEqualTo(state);
    }

    @Test
    void whatIsSaidIsKept() {
        JobRun run = TestJob.of("null").run((JobHandler) job -> {
            job.progress(10);
            job.progress(90, "two\nlines");
            job.log("a".repeat(501));
            return Outcome.success();
        });

        assertThat(run.progress()).extracting(Progress::percent).containsExactly(10, 90);
        assertThat(run.progress()).extracting(Progress::note).containsExactly("", "two lines");
        assertThat(run.log()).containsExactly("a".repeat(499) + "…");
    }

    @Test
    void progressOutOfBoundsIsAnError() {
        JobRun run = TestJob.of("null").run((JobHandler) job -> {
            job.progress(101);
            return Outcome.success();
        });

        assertThat(run.failure()).containsInstanceOf(InvalidValueException.class);
        assertThat(run.state()).isEqualTo(JobState.SCHEDULED);
        assertThatThrownBy(run::outcome)
                .isInstanceOf(AssertionError.class)
                .hasCause(run.failure().get());
    }

    @Test
    void cancelledJobInterruptsItsHandler() throws InterruptedException {
        RunningJob running = TestJob.of("null").start(endless);
        begun.await();

        running.cancel();
        JobRun run = running.await();

        assertThat(running.context().cancelled()).isTrue();
        assertThat(run.end()).isEqualTo(JobRun.End.CANCELLED);
        assertThat(run.state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void timeOutInterruptsItsHandler() {
        JobRun run = TestJob.of("null").timeout(Duration.ofMillis(20)).run(endless);

        assertThat(run.end()).isEqualTo(JobRun.End.TIMED_OUT);
        assertThat(run.state()).isEqualTo(JobState.SCHEDULED);
    }

    @Test
    void asynchronousHandlersRunAsWell() {
        AsyncJobHandler handler = job -> Uni.createFrom().item(Outcome.success(job.payload()));
        AsyncJobHandler failing = job -> Uni.createFrom().failure(new IllegalStateException("no luck"));
        AsyncJobHandler endlessToo = job -> Uni.createFrom().nothing();

        assertThat(TestJob.of("[1]").run(handler).outcome()).isEqualTo(Outcome.success(new Json("[1]")));
        assertThat(TestJob.of("[1]").run(failing).failure())
                .get()
                .hasToString("java.lang.IllegalStateException: no luck");
        assertThat(TestJob.of("[1]")
                        .timeout(Duration.ofMillis(20))
                        .run(endlessToo)
                        .end())
                .isEqualTo(JobRun.End.TIMED_OUT);
    }
}
