package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.mainstay.http.signing.RequestSigner;
import io.mainstay.http.targets.SomeTargets;
import io.mainstay.http.targets.Targets;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs whose end is known by more than the answer to their request. */
class FollowUpTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final Queue<HttpServerRequest> requests = new ConcurrentLinkedQueue<>();
    private volatile Consumer<HttpServerRequest> answer =
            request -> request.response().end();
    private volatile Consumer<HttpServerRequest> status =
            request -> request.response().end();
    private HttpServer server;
    private HttpSender sender;
    private HttpJobHandler handler;
    private final Targets targets = SomeTargets.patient();

    @BeforeEach
    void start() {
        server = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    requests.add(request);
                    (request.path().equals("/status") ? status : answer).accept(request);
                })
                .listen(0, "localhost"));
        Map<String, String> config = Map.of(
                "mainstay.http.allow",
                "http://localhost:" + server.actualPort(),
                "mainstay.http.callback-base",
                "https://mainstay.example/base/",
                "mainstay.http.retry-statuses",
                "408,410");
        HttpSettings settings = SomeSettings.of(config);
        RequestSigner signer = new RequestSigner(vertx, Clock.systemUTC(), Optional::empty);
        sender = new HttpSender(
                vertx, SomeSettings.config(config), settings, SomeSettings.proofs(signer, config), SomeSettings.EGRESS);
        handler = new HttpJobHandler(
                new HttpJobReader(), settings, sender, new AnswerRules(settings, Clock.systemUTC()), targets);
    }

    @AfterEach
    void stop() {
        sender.close();
        await(vertx.close());
    }

    @Test
    void aJobWithCallbackTellsWhereToReportAndMayBeAnsweredThatSomebodyWill() {
        answer = request -> request.response()
                .setStatusCode(202)
                .putHeader("Mainstay-Pending", "true")
                .end();

        assertThat(run(", \"callback\": true", 1)).isEqualTo(Outcome.pending());
        assertThat(requests.remove().getHeader("Mainstay-Report-Url"))
                .isEqualTo("https://mainstay.example/base/v1/callbacks/cb_mail-job-1-5");
    }

    @Test
    void anyOtherAnswerIsTheEnd() {
        assertThat(run(", \"callback\": true", 1)).isInstanceOf(Outcome.Success.class);
        answer = request -> request.response().setStatusCode(202).end();
        assertThat(run(", \"callback\": true", 1)).isInstanceOf(Outcome.Success.class);
        answer = request -> request.response()
                .setStatusCode(200)
                .putHeader("Mainstay-Pending", "true")
                .end();
        assertThat(run(", \"callback\": true", 1)).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void withoutCallbackNobodyIsWaitedFor() {
        answer = request -> request.response()
                .setStatusCode(202)
                .putHeader("Mainstay-Pending", "true")
                .end();

        assertThat(run("", 1)).isInstanceOf(Outcome.Success.class);
        assertThat(requests.remove().getHeader("Mainstay-Report-Url")).isNull();
    }

    @Test
    void whatIsGoneIsFinalWhateverIsConfigured() {
        answer = request -> request.response().setStatusCode(410).end();

        assertThat(run("", 1)).isInstanceOfSatisfying(Outcome.Final.class, end -> assertThat(end.type())
                .isEqualTo("http-410"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"state\": \"done\", \"result\": {\"n\": 1.50}} | Success[result=Optional[{\"n\":1.50}]] | 1",
                "200 | {\"state\": \"done\"} | Success[result=Optional.empty] | 1",
                "200 | {\"state\": \"running\"} | Snooze[after=PT10S] | 1",
                "200 | {\"state\": \"unknown\"} | Success[result=Optional[{\"status\":200}]] | 2",
                "200 | {} | Success[result=Optional[{\"status\":200}]] | 2",
                "200 | nothing | Success[result=Optional[{\"status\":200}]] | 2",
                "404 | {\"state\": \"done\"} | Success[result=Optional[{\"status\":200}]] | 2",
            })
    void beforeARetryItsStatusIsAskedFor(int code, String body, String outcome, int sent) {
        status = request -> request.response()
                .setStatusCode(code)
                .putHeader("Content-Type", "application/json")
                .end(body);

        assertThat(run(statusUrl(), 2)).hasToString(outcome);
        assertThat(requests).hasSize(sent);
        assertThat(requests.peek().method().name()).isEqualTo("GET");
        assertThat(requests.peek().getHeader("Mainstay-Job-Id")).isEqualTo("job-1");
    }

    @Test
    void theFirstAttemptAsksNobody() {
        run(statusUrl(), 1);

        assertThat(requests).hasSize(1);
        assertThat(requests.peek().path()).isEqualTo("/job");
    }

    @Test
    void withoutAnAnswerAboutItNothingIsSentAgain() {
        status = request -> request.connection().close();

        assertThat(run(statusUrl(), 2)).isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.type())
                .isEqualTo("http-status"));
        assertThat(requests).allMatch(request -> request.path().equals("/status"));
    }

    /** Else a probe of its target would be taken to be under way for ever. */
    @Test
    void aQuestionThatIsGivenUpIsNoRequestUnderWay() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        status = request -> asked.complete(null);
        Cancellable attempt = start(statusUrl(), 2).subscribe().with(outcome -> {});
        asked.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(targets.largest()).isPresent();

        attempt.cancel();

        assertThat(targets.largest()).isEmpty();
    }

    @Test
    void aStatusThatNoReaderTakesIsNone() {
        status = request -> request.response()
                .putHeader("Content-Type", "application/json")
                .end("{\"state\": \"done\", \"n\": %s}".formatted("1".repeat(2000)));

        assertThat(run(statusUrl(), 2)).isInstanceOf(Outcome.Success.class);
        assertThat(requests).hasSize(2);
        assertThat(targets.largest()).isEmpty();
    }

    @Test
    void aStatusUrlThatIsNotAllowedAnyMoreIsNotAsked() {
        assertThat(run(", \"statusUrl\": \"http://localhost:1/status\"", 2))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.type()).isEqualTo("http-not-allowed"));
        assertThat(requests).isEmpty();
    }

    private String statusUrl() {
        return ", \"statusUrl\": \"http://localhost:%d/status\"".formatted(server.actualPort());
    }

    private Outcome run(String more, int attempt) {
        return start(more, attempt).await().atMost(SOON);
    }

    private Uni<Outcome> start(String more, int attempt) {
        String payload = "{\"url\": \"http://localhost:%d/job\"%s}".formatted(server.actualPort(), more);
        return handler.start(attempt(new SomeAttempt(new Json(payload), SOON), attempt));
    }

    /** The same, but for its number. */
    private static JobContext attempt(SomeAttempt some, int number) {
        return (JobContext) Proxy.newProxyInstance(
                JobContext.class.getClassLoader(),
                new Class<?>[] {JobContext.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "attempt" -> number;
                    case "starts" -> new JobStatus.Starts(number, 5, 1);
                    default -> method.invoke(some, args);
                });
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
