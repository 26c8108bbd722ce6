package io.mainstay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.Handler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.mainstay.job.JobId;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoHandlersTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static Vertx vertx;

    private final DemoPayload payload = new DemoPayload();

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allAreOnOrOffAsConfigured(boolean demo) {
        assertThat(handlers(() -> demo)).hasSize(4).allMatch(handler -> handler.enabled() == demo);
    }

    @Test
    void noopSucceedsWithoutResult() {
        assertThat(run(new NoopHandler(() -> true), "{}")).isEqualTo(Outcome.success());
    }

    @Test
    void echoReturnsItsPayload() {
        assertThat(run(new EchoHandler(() -> true), "{\"a\": 1.50}"))
                .isEqualTo(Outcome.success(new Json("{\"a\": 1.50}")));
    }

    @Test
    void failSaysWhatItWasTold() {
        FailHandler fail = new FailHandler(() -> true, payload);

        assertThat(run(fail, "{\"message\": \"no luck\"}")).isEqualTo(Outcome.retry("demo", "no luck"));
        assertThat(run(fail, "null")).isEqualTo(Outcome.retry("demo", "failed as asked"));
    }

    @Test
    void sleepEndsAfterItsDurationAndNotBefore() {
        long before = System.nanoTime();

        assertThat(run(sleep(), "{\"duration\": \"PT0.1S\"}")).isEqualTo(Outcome.success());

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"duration\": 3}", "{\"duration\": \"3s\"}", "{\"duration\": \"-PT1S\"}"})
    void sleepWithoutASensibleDurationIsFinal(String text) {
        assertThat(run(sleep(), text)).isInstanceOf(Outcome.Final.class);
    }

    @Test
    void aCancelledSleepEndsNothingAndHoldsNoTimer() throws Exception {
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        var sleeping =
                sleep().start(job("{\"duration\": \"PT0.05S\"}")).subscribe().with(ended::complete);
        sleeping.cancel();

        // A timer set later and longer fires after the one that was cancelled would have.
        run(sleep(), "{\"duration\": \"PT0.15S\"}");
        assertThat(ended).isNotDone();
    }

    @Test
    void sleepTellsOfItsSteps() {
        SomeJob job = job("{\"duration\": \"PT0.01S\", \"steps\": 2}");

        assertThat(sleep().start(job).await().atMost(SOON)).isEqualTo(Outcome.success());
        assertThat(job.said()).containsExactly("50% step 1 of 2", "step 1 of 2", "100% step 2 of 2", "step 2 of 2");
    }

    @Test
    void sleepMayWantToBeRunAgain() {
        assertThat(run(sleep(), "{\"duration\": \"PT0.01S\", \"snooze\": \"PT1H\", \"steps\": 1}"))
                .isEqualTo(Outcome.snooze(Duration.ofHours(1)));
        assertThat(run(sleep(), "{\"duration\": \"PT0.01S\", \"snooze\": \"a while\"}"))
                .isInstanceOfSatisfying(
                        Outcome.Final.class, end -> assertThat(end.message()).contains("snooze"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void sleepRefusesStepsOutOfBounds(int steps) {
        assertThat(run(sleep(), "{\"duration\": \"PT0S\", \"steps\": %d}".formatted(steps)))
                .isInstanceOfSatisfying(
                        Outcome.Final.class, end -> assertThat(end.message()).contains("must be between 0 and 100"));
    }

    private List<Handler> handlers(DemoConfig config) {
        return Stream.<Handler>of(
                        new NoopHandler(config),
                        new EchoHandler(config),
                        new FailHandler(config, payload),
                        new SleepHandler(config, payload, vertx))
                .toList();
    }

    private SleepHandler sleep() {
        return new SleepHandler(() -> true, payload, vertx);
    }

    private static Outcome run(AsyncJobHandler handler, String payload) {
        return handler.start(job(payload)).await().atMost(SOON);
    }

    private static SomeJob job(String payload) {
        return new SomeJob(new Json(payload), new CopyOnWriteArrayList<>());
    }

    private record SomeJob(Json payload, List<String> said) implements JobContext {

        @Override
        public JobId id() {
            return new JobId("job-1");
        }

        @Override
        public QueueName queue() {
            return new QueueName("demo");
        }

        @Override
        public JobStatus.Starts starts() {
            return new JobStatus.Starts(1, 1, 0);
        }

        @Override
        public int maxAttempts() {
            return 1;
        }

        @Override
        public Duration timeLeft() {
            return SOON;
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public void progress(int percent, String note) {
            said.add(percent + "% " + note);
        }

        @Override
        public void log(String line) {
            said.add(line);
        }
    }
}
