package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.Outcome;
import io.mainstay.job.Json;
import io.mainstay.queue.attempt.SettlementRules;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets that take longer than a job's time-out, and what the next attempt tells them. */
class SlowTargetTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    /** Longer than a busy machine holds up the answer that tests wait for. */
    private static final Duration WAIT = Duration.ofMillis(1500);

    private static final String MAY_RUN = "Mainstay-Previous-Attempt-May-Run";

    private static Vertx vertx;

    private final BlockingQueue<HttpServerRequest> requests = new LinkedBlockingQueue<>();
    private volatile Consumer<HttpServerRequest> answer =
            request -> request.response().end();
    private HttpServer server;
    private HttpSender sender;
    private HttpJobHandler handler;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        await(vertx.close());
    }

    @BeforeEach
    void start() throws Exception {
        server = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    requests.add(request);
                    answer.accept(request);
                })
                .listen(0, "localhost"));
        Map<String, String> config = Map.of(
                "mainstay.http.allow",
                url(),
                "mainstay.http.overlap-wait",
                WAIT.toString(),
                "mainstay.http.connections",
                "1");
        sender = SomeSettings.sender(vertx, config);
        handler = SomeSettings.handler(sender, config);
    }

    @AfterEach
    void stop() throws Exception {
        sender.close();
        await(server.close());
    }

    @Test
    void timeOutSaysThatTheReceiverMayStillBeAtWork() {
        answer = request -> {};

        assertThat(retry(run(attempt("", SHORT))).message())
                .isEqualTo("POST %s: no answer within %s; %s", url(), SHORT, SettlementRules.MAY_STILL_RUN);
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, true",
        "lease-expired, true",
        "not-received, true",
        "http-503,",
        "http-connection,",
        "timeout http-425, true",
        "lease-expired http-503 http-connection, true",
        "http-503 http-425,",
        "'',",
    })
    void laterAttemptsTellTheReceiver(String failures, String header) throws Exception {
        run(attempt("", SOON).after(failures.isEmpty() ? new String[0] : failures.split(" ")));

        assertThat(requests.take().getHeader(MAY_RUN)).isEqualTo(header);
    }

    @Test
    void jobMayNotSayItItself() {
        SomeAttempt attempt = attempt(", \"headers\": {\"%s\": \"true\"}".formatted(MAY_RUN), SOON);

        assertThat(run(attempt)).isInstanceOf(Outcome.Final.class);
    }

    @Test
    void lateAnswerCountsWhereTheAttemptWaitsForIt() {
        answer = request -> vertx.setTimer(
                SHORT.plusMillis(100).toMillis(), fired -> request.response().end());
        SomeAttempt attempt = attempt(", \"overlap\": \"wait\"", SHORT);

        assertThat(run(attempt)).isInstanceOf(Outcome.Success.class);
        assertThat(attempt.said()).containsExactly("outlasts its time-out by " + WAIT);
        assertThat(requests).hasSize(1);
    }

    @Test
    void attemptWaitsForTheEndOfItsConnectionAndThenFails() {
        answer = request -> vertx.setTimer(
                SHORT.plusMillis(100).toMillis(), fired -> request.connection().close());

        assertThat(retry(run(attempt(", \"overlap\": \"wait\"", SHORT))).type()).isEqualTo("http-connection");
    }

    @Test
    void waitHasABound() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        answer = request -> request.connection().closeHandler(closed::complete);

        Outcome.Retry failed = retry(run(attempt(", \"overlap\": \"wait\"", SHORT)));

        assertThat(failed.type()).isEqualTo("timeout");
        assertThat(failed.message()).contains("no answer within %s, nor in %s more; ".formatted(SHORT, WAIT));
        closed.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"allow", "wait"})
    void nothingIsWaitedForThatWasNotSent(String overlap) throws Exception {
        answer = request -> {};
        var first = handler.start(attempt("", SOON)).subscribe().with(outcome -> {});
        requests.take();

        SomeAttempt second = attempt(", \"overlap\": \"%s\"".formatted(overlap), SHORT);
        Outcome.Retry failed = retry(run(second));

        assertThat(failed.type()).isEqualTo("http-connection");
        assertThat(failed.message()).doesNotContain(SettlementRules.MAY_STILL_RUN);
        assertThat(second.said()).isEmpty();
        first.cancel();
    }

    @ParameterizedTest
    @CsvSource({"\"later\"", "true", "1"})
    void otherWordsAreRefused(String overlap) {
        assertThat(run(attempt(", \"overlap\": " + overlap, SOON)))
                .isInstanceOfSatisfying(
                        Outcome.Final.class, end -> assertThat(end.message()).startsWith("http.overlap "));
    }

    private SomeAttempt attempt(String more, Duration timeLeft) {
        return new SomeAttempt(new Json("{\"url\": \"%s\"%s}".formatted(url(), more)), timeLeft);
    }

    private Outcome run(SomeAttempt attempt) {
        Uni<Outcome> running = handler.start(attempt);
        return running.await().atMost(SOON);
    }

    private static Outcome.Retry retry(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        return (Outcome.Retry) outcome;
    }

    private String url() {
        return "http://localhost:%d/slow".formatted(server.actualPort());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
