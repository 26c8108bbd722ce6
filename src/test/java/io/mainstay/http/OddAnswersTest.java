package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.Outcome;
import io.mainstay.http.targets.SomeTargets;
import io.mainstay.job.Json;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a target sends, a job ends by its own answer or by an error. */
class OddAnswersTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]*)\"");
    private static final int AT_ONCE = 16;

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
    private HttpSender sender;

    @BeforeEach
    void start() {
        trust(new QuietTargets(Duration.ZERO, 0, System::nanoTime));
    }

    @AfterEach
    void stop() throws Exception {
        callers.shutdownNow();
        sender.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    /** What came of one job. */
    private record Ended(String token, Outcome outcome, List<String> log) {

        Optional<String> answeredBy() {
            if (outcome instanceof Outcome.Success success) {
                Matcher body = TOKEN.matcher(success.result().map(Json::text).orElse(""));
                if (body.find()) {
                    return Optional.of(body.group(1));
                }
            }
            return log.stream().findFirst();
        }

        Optional<Integer> status() {
            if (outcome instanceof Outcome.Success success) {
                return success.result().map(json -> Integer.valueOf(json.text().replaceAll("\\D*(\\d{3}).*", "$1")));
            }
            String type = outcome instanceof Outcome.Final end ? end.type() : ((Outcome.Retry) outcome).type();
            return type.matches("http-\\d+") ? Optional.of(Integer.valueOf(type.substring(5))) : Optional.empty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachFormIsReadRight(OddAnswer form) throws Exception {
        try (OddServer server = new OddServer(1, List.of(form))) {
            Ended ended = run(server, "token-1");

            assertOwn(server, ended);
            assertThat(ended.status().isPresent()).describedAs("%s", ended).isEqualTo(OddAnswer.WHOLE.contains(form));
        }
    }

    @Test
    void interimAnswersAreReadPastAndTheNextJobGetsItsOwn() throws Exception {
        List<OddAnswer> forms = List.of(
                OddAnswer.PROCESSING,
                OddAnswer.PROCESSING_FIRST,
                OddAnswer.INTERIM_104,
                OddAnswer.INTERIM_199_WITH_LENGTH);
        try (OddServer server = new OddServer(7, forms)) {
            for (int i = 0; i < 100; i++) {
                Ended ended = run(server, "t" + i);

                assertOwn(server, ended);
                assertThat(ended.status()).describedAs("%s", ended).isPresent();
            }
        }
    }

    @Test
    void noAnswerCrossesJobsWhateverIsSentWithIt() throws Exception {
        long seed = new Random().nextLong();
        List<OddAnswer> forms = Arrays.stream(OddAnswer.values())
                .filter(form -> !OddAnswer.LATE.contains(form))
                .toList();
        try (OddServer server = new OddServer(seed, forms)) {
            List<Ended> ended = runMany(server, 4000);

            assertThat(ended).hasSize(4000).allSatisfy(job -> assertOwn(server, job));
            // Else nothing was tried: an answer can only cross on a connection that is used again.
            assertThat(server.connections()).isLessThan(server.requests());
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError("seed " + seed, failed);
        }
    }

    @Test
    void aTargetThatSendsAnswersOfItsOwnAccordIsCaughtBeforeAConnectionIsUsedAgain() throws Exception {
        trust(new QuietTargets(Duration.ofMillis(500), QuietTargets.PROOFS, System::nanoTime));
        try (OddServer server = new OddServer(3)) {
            assertThat(runMany(server, 2000)).hasSize(2000).allSatisfy(job -> assertOwn(server, job));
        }
    }

    @Test
    void connectionsOfAQuietTargetAreUsedAgain() throws Exception {
        trust(new QuietTargets(Duration.ofMillis(50), QuietTargets.PROOFS, System::nanoTime));
        try (OddServer server = new OddServer(3, OddAnswer.CLEAN)) {
            runUntil(server, () -> server.requests() > server.connections() + 100);

            int before = server.connections();
            for (int i = 0; i < 200; i++) {
                assertOwn(server, run(server, "again-" + i));
            }
            assertThat(server.connections() - before).isLessThanOrEqualTo(1);
        }
    }

    private void runUntil(OddServer server, Callable<Boolean> done) throws Exception {
        long deadline = System.nanoTime() + SOON.toNanos();
        for (int i = 0; !done.call(); i++) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            assertOwn(server, run(server, "until-" + i));
        }
    }

    private void trust(QuietTargets targets) {
        if (sender != null) {
            sender.close();
        }
        Map<String, String> config = Map.of("mainstay.http.connections", Integer.toString(AT_ONCE));
        sender = new HttpSender(
                vertx,
                SomeSettings.config(config),
                SomeSettings.of(config).maxResponse(),
                targets,
                SomeSettings.noProofs(vertx),
                SomeSettings.EGRESS);
    }

    private static void assertOwn(OddServer server, Ended ended) {
        ended.answeredBy()
                .ifPresent(by -> assertThat(by).describedAs("%s", ended).isEqualTo(ended.token()));
        ended.status().ifPresent(status -> assertThat(server.meant(ended.token()))
                .describedAs("%s after %s", ended, server.given(ended.token()))
                .contains(status));
    }

    private List<Ended> runMany(OddServer server, int jobs) throws Exception {
        List<Callable<Ended>> work = IntStream.range(0, jobs)
                .mapToObj(i -> (Callable<Ended>) () -> run(server, "t" + i))
                .toList();
        return callers.invokeAll(work).stream().map(OddAnswersTest::get).toList();
    }

    private Ended run(OddServer server, String token) {
        HttpSettings settings = SomeSettings.allowing("http://localhost:" + server.port());
        HttpJobHandler handler = new HttpJobHandler(
                new HttpJobReader(),
                settings,
                sender,
                new AnswerRules(settings, Clock.systemUTC()),
                SomeTargets.patient());
        SomeAttempt attempt = new SomeAttempt(new Json("{\"url\": \"%s\"}".formatted(server.url(token))), SOON);
        Outcome outcome = handler.start(attempt).await().atMost(SOON);
        return new Ended(token, outcome, attempt.said());
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
