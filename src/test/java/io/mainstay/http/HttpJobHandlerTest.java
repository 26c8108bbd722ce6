package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.Outcome;
import io.mainstay.http.targets.SomeTargets;
import io.mainstay.http.targets.Targets;
import io.mainstay.job.Json;
import io.mainstay.machine.TimedTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;

class HttpJobHandlerTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MAX_RESPONSE = 1000;

    private static Vertx vertx;

    private final BlockingQueue<HttpServerRequest> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Buffer> bodies = new LinkedBlockingQueue<>();
    private volatile Consumer<HttpServerRequest> answer;
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
        answer = request -> request.response().end();
        server = await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    bodies.add(body);
                    requests.add(request);
                    answer.accept(request);
                }))
                .listen(0, "localhost"));
        Map<String, String> config = Map.of("mainstay.http.allow", url("/hooks"), "mainstay.http.max-response", "1000");
        sender = SomeSettings.sender(vertx, config);
        handler = SomeSettings.handler(sender, config);
    }

    @AfterEach
    void stop() throws Exception {
        sender.close();
        await(server.close());
    }

    @Test
    void postsJsonAndSaysWhoseJobItIs() throws Exception {
        Outcome outcome = run("{\"url\": \"%s?q=1\", \"body\": {\"a\": [1.50]}}".formatted(url("/hooks/in")));

        assertThat(outcome).isEqualTo(Outcome.success(new Json("{\"status\":200}")));
        HttpServerRequest request = received();
        assertThat(request.method().name()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo("/hooks/in?q=1");
        assertThat(bodies.take()).hasToString("{\"a\": [1.50]}");
        assertThat(request.headers().entries())
                .contains(
                        Map.entry("Content-Type", "application/json"),
                        Map.entry("Mainstay-Job-Id", "job-1"),
                        Map.entry("Mainstay-Queue", "mail"),
                        Map.entry("Mainstay-Attempt", "2"),
                        Map.entry("Mainstay-Fence", "5"),
                        Map.entry("Idempotency-Key", "mail/job-1"),
                        Map.entry("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                        Map.entry("User-Agent", "Mainstay"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | \"text\" | application/json | \"text\"",
                "{\"content-type\": \"text/plain\"} | \"text\" | text/plain | text",
                "{\"Content-Type\": \"application/x+json\"} | {\"a\": 1} | application/x+json | {\"a\": 1}",
                "{} | [true, null] | application/json | [true, null]",
                "{} | {\"a\": 1,\"z\":-0.0} | application/json | {\"a\": 1,\"z\":-0.0}",
                "{} |  [ 1E+2,\t1e400, \"\\u00e9\\/é\", {} , \"𝄞\" ]  | application/json | [ 1E+2,\t1e400, \"\\u00e9\\/é\", {} , \"𝄞\" ]",
                "{\"Content-Type\": \"text/plain\"} | -0.0 | text/plain | -0.0",
            })
    void aStringWithAContentTypeGoesRawAndAllElseAsJson(String headers, String body, String type, String sent)
            throws Exception {
        run("{\"url\": \"%s\", \"headers\": %s, \"body\": %s}".formatted(url("/hooks"), headers, body));

        assertThat(received().getHeader("Content-Type")).isEqualTo(type);
        assertThat(bodies.take()).hasToString(sent);
    }

    @Test
    void sendsHeadersAndMethodOfTheCallersChoice() throws Exception {
        run(
                "{\"url\": \"%s\", \"method\": \"put\", \"headers\": {\"X-A\": \"b\", \"user-agent\": \"mine\", \"traceparent\": \"x\"}}"
                        .formatted(url("/hooks")));

        HttpServerRequest request = received();
        assertThat(request.method().name()).isEqualTo("PUT");
        assertThat(request.getHeader("X-A")).isEqualTo("b");
        assertThat(request.headers().getAll("User-Agent")).containsExactly("mine");
        assertThat(request.headers().getAll("traceparent")).containsExactly("x");
        assertThat(request.getHeader("Content-Length")).isEqualTo("0");
        assertThat(request.getHeader("Content-Type")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"id\": 1.50} | ,\"body\":{\"id\": 1.50}",
                "application/problem+json; charset=utf-8 | [1] | ,\"body\":[1]",
                "application/json | \uFEFF{\"id\": -0.0} | ,\"body\":{\"id\": -0.0}",
                "application/json | {\"id\": | ,\"bodyOmitted\":true",
                "application/json | 1 2 | ,\"bodyOmitted\":true",
                "text/plain | 1 | ''",
            })
    void theResultHoldsTheStatusAndAJsonBody(String type, String body, String expected) {
        answer = request -> request.response()
                .setStatusCode(201)
                .putHeader("Content-Type", type)
                .end(body);

        assertThat(run(url("/hooks"), SOON)).isEqualTo(Outcome.success(new Json("{\"status\":201" + expected + "}")));
    }

    @Test
    void aBodyAtTheLimitIsKeptAndALongerOneIsNotReadToItsEnd() {
        String most = "\"" + "x".repeat(MAX_RESPONSE - 2) + "\"";
        answer = request ->
                request.response().putHeader("Content-Type", "application/json").end(most);
        assertThat(run(url("/hooks"), SOON))
                .isEqualTo(Outcome.success(new Json("{\"status\":200,\"body\":" + most + "}")));

        answer = request -> request.response()
                .setChunked(true)
                .putHeader("Content-Type", "application/json")
                .write(most + " ");
        assertThat(run(url("/hooks"), SOON))
                .isEqualTo(Outcome.success(new Json("{\"status\":200,\"bodyOmitted\":true}")));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 410, 422, 300, 304})
    void mostOf4xxAnd3xxAreFinal(int status) {
        answer = request -> request.response().setStatusCode(status).end(status == 304 ? "" : "no\nway");

        assertThat(run(url("/hooks"), SOON)).isInstanceOfSatisfying(Outcome.Final.class, end -> {
            assertThat(end.type()).isEqualTo("http-" + status);
            assertThat(end.message()).startsWith("POST " + url("/hooks") + " answered " + status);
            if (status != 304) {
                assertThat(end.message()).endsWith(": no way");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
    void theRestIsTriedAgainWithTheJobsOwnBackoff(int status) {
        answer = request -> request.response().setStatusCode(status).end();

        assertThat(run(url("/hooks"), SOON)).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.type()).isEqualTo("http-" + status);
            assertThat(retry.after()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"429, PT7S", "503, PT7S", "500,", "408,"})
    void retryAfterIsHonouredWith429And503(int status, Duration wait) {
        answer = request -> request.response()
                .setStatusCode(status)
                .putHeader("Retry-After", "7")
                .end();

        assertThat(run(url("/hooks"), SOON)).isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(
                        retry.after().orElse(null))
                .isEqualTo(wait));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40 of 10 pages 4 | 40% of 10 pages 4",
                "100 | 100%",
                "0 begun | 0% begun",
                "101 |",
                "-1 |",
                "half |",
                "4x |",
            })
    void answersTellOfProgressAndWriteIntoTheLog(String progress, String said) {
        answer = request -> request.response()
                .setStatusCode(500)
                .putHeader("Mainstay-Progress", progress)
                .putHeader("Mainstay-Log", (Iterable<String>) List.of("one", "two"))
                .end();
        SomeAttempt attempt = new SomeAttempt(new Json("{\"url\": \"%s\"}".formatted(url("/hooks"))), SOON);

        handler.start(attempt).await().atMost(SOON);
        assertThat(attempt.said().stream().map(String::strip))
                .containsExactlyElementsOf(said == null ? List.of("one", "two") : List.of(said, "one", "two"));
    }

    @ParameterizedTest
    @CsvSource({"200, 7, PT7S", "202, 0, PT0S", "299, 99999999999, PT720H"})
    void answerMayAskThatTheJobBeRunAgainLater(int status, String wait, Duration after) {
        answer = request -> request.response()
                .setStatusCode(status)
                .putHeader("Mainstay-Snooze", wait)
                .end();

        assertThat(run(url("/hooks"), SOON)).isEqualTo(Outcome.snooze(after));
    }

    @Test
    void unreadableSnoozeIsNoSuccess() {
        answer = request ->
                request.response().putHeader("Mainstay-Snooze", "a while").end();

        assertThat(run(url("/hooks"), SOON))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.type()).isEqualTo("http-snooze"));
    }

    @Test
    void snoozeOfAFailureDoesNotHideIt() {
        answer = request -> request.response()
                .setStatusCode(500)
                .putHeader("Mainstay-Snooze", "7")
                .end();

        assertThat(run(url("/hooks"), SOON)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void redirectsAreNotFollowed() {
        answer = request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", url("/hooks/other"))
                .end();

        assertThat(run(url("/hooks"), SOON)).isInstanceOf(Outcome.Final.class);
        assertThat(requests).hasSize(1);
    }

    @TimedTest
    void noAnswerInTheTimeOfTheJobIsATimeOutAndResetsTheRequest() throws Exception {
        CompletableFuture<Void> reset = new CompletableFuture<>();
        answer = request -> request.connection().closeHandler(reset::complete);

        assertThat(run(url("/hooks"), Duration.ofMillis(500)))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.type()).isEqualTo("timeout"));
        reset.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @TimedTest
    void aBodyThatNeverEndsIsATimeOutToo() {
        answer = request -> request.response().setChunked(true).write("{");

        assertThat(run(url("/hooks"), Duration.ofMillis(500)))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.type()).isEqualTo("timeout"));
    }

    @Test
    void cancellationResetsTheRequest() throws Exception {
        CompletableFuture<Void> reset = new CompletableFuture<>();
        answer = request -> request.connection().closeHandler(reset::complete);

        var running = start(url("/hooks"), SOON).subscribe().with(outcome -> {});
        received();
        assertThat(reset).isNotDone();
        running.cancel();

        reset.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBrokenConnectionIsTriedAgain(boolean halfWay) {
        answer = request -> {
            if (halfWay) {
                request.response().putHeader("Content-Length", "10").write("x");
            }
            request.connection().close();
        };

        assertThat(run(url("/hooks"), SOON)).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.type()).isEqualTo("http-connection");
            assertThat(retry.message()).contains("POST " + url("/hooks"));
        });
    }

    @Test
    void aRefusedConnectionIsTriedAgain() throws Exception {
        await(server.close());

        assertThat(run(url("/hooks"), SOON))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.type()).isEqualTo("http-connection"));
    }

    @Test
    void aUrlThatIsNotAllowedHereIsNotCalled() {
        assertThat(run(url("/admin"), SOON))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.type()).isEqualTo("http-not-allowed"));
        assertThat(requests).isEmpty();
    }

    @Test
    void aPayloadThatIsNoRequestIsFinal() {
        assertThat(run("{}")).isInstanceOfSatisfying(Outcome.Final.class, end -> assertThat(end.type())
                .isEqualTo("http-invalid"));
    }

    /** Back into the line only if it is not claimed at once again from there. */
    @Test
    void aTargetThatIsLeftAloneIsNotCalled() throws Exception {
        Targets targets = SomeTargets.strict();
        HttpSettings settings = SomeSettings.allowing(url("/hooks"));
        HttpJobHandler strict = new HttpJobHandler(
                new HttpJobReader(), settings, sender, new AnswerRules(settings, Clock.systemUTC()), targets);
        SomeAttempt attempt = new SomeAttempt(new Json("{\"url\": \"%s\"}".formatted(url("/hooks"))), SOON);
        answer = request -> request.response().setStatusCode(500).end();
        strict.start(attempt).await().atMost(SOON);
        received();

        assertThat(strict.start(attempt).await().atMost(SOON))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.type()).isEqualTo("http-target-unavailable"));
        targets.room();
        assertThat(strict.start(attempt).await().atMost(SOON)).isEqualTo(Outcome.release());
        assertThat(requests).isEmpty();
    }

    @Test
    void anAttemptWithoutTimeLeftSendsNothing() {
        assertThat(run(url("/hooks"), Duration.ZERO)).isInstanceOf(Outcome.Retry.class);
        assertThat(requests).isEmpty();
    }

    private String url(String path) {
        return "http://localhost:" + server.actualPort() + path;
    }

    private HttpServerRequest received() throws InterruptedException {
        HttpServerRequest request = requests.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private Outcome run(String url, Duration timeLeft) {
        return start(url, timeLeft).await().atMost(SOON);
    }

    private Uni<Outcome> start(String url, Duration timeLeft) {
        return handler.start(new SomeAttempt(new Json("{\"url\": \"%s\"}".formatted(url)), timeLeft));
    }

    private Outcome run(String payload) {
        return handler.start(new SomeAttempt(new Json(payload), SOON)).await().atMost(SOON);
    }

    private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
