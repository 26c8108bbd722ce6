package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.mainstay.handler.Outcome;
import io.mainstay.http.signing.RequestSigner;
import io.mainstay.http.targets.SomeTargets;
import io.mainstay.job.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests as they arrive, verified with the library of the standard and with the JDK. */
class SignedRequestsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String OLD = "whsec_" + "b2xk".repeat(8);
    private static final String NEW = "whsec_" + "bmV3".repeat(8);
    private static final String BODY = "{\"order\": 7.50, \"é\": \"\\u00e9\"}";

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Received> requests = new LinkedBlockingQueue<>();
    private HttpServer server;

    @TempDir
    private Path folder;

    private record Received(Map<String, List<String>> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    @BeforeEach
    void start() {
        server = await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                    request.headers()
                            .names()
                            .forEach(name -> headers.put(name, request.headers().getAll(name)));
                    requests.add(new Received(headers, body.toString()));
                    request.response().setStatusCode(204).end();
                }))
                .listen(0, "localhost"));
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void aReceiverVerifiesWhatItGot() throws Exception {
        Received received = deliver(secrets(OLD), Clock.systemUTC(), BODY);

        assertThat(received.body()).isEqualTo(BODY);
        assertThat(received.header("webhook-id")).matches("job_[0-9a-f]{32}");
        assertThatCode(() -> new Webhook(OLD).verify(received.body(), received.headers()))
                .doesNotThrowAnyException();
    }

    @Test
    void aRequestWithoutBodyIsSignedToo() throws Exception {
        Received received = deliver(secrets(OLD), Clock.systemUTC(), null);

        assertThatCode(() -> new Webhook(OLD).verify("", received.headers())).doesNotThrowAnyException();
    }

    @Test
    void aBodyLargerThanAnEventLoopSignsIsSignedElsewhere() throws Exception {
        Received received = deliver(secrets(OLD), Clock.systemUTC(), "\"" + "x".repeat(100_000) + "\"");

        assertThatCode(() -> new Webhook(OLD).verify(received.body(), received.headers()))
                .doesNotThrowAnyException();
    }

    @Test
    void aChangedOrReplayedRequestIsNotVerified() throws Exception {
        Received received = deliver(secrets(OLD), Clock.systemUTC(), BODY);
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
        Received replayed = deliver(secrets(OLD), Clock.fixed(anHourAgo, ZoneOffset.UTC), BODY);

        refuses(OLD, received.body().replace("7", "8"), received.headers());
        refuses(OLD, received.body(), with(received.headers(), "webhook-id", "job_" + "0".repeat(32)));
        refuses(
                OLD,
                received.body(),
                with(received.headers(), "webhook-timestamp", "" + Instant.now().getEpochSecond() + 1));
        refuses(OLD, replayed.body(), replayed.headers());
        refuses(
                OLD,
                replayed.body(),
                with(replayed.headers(), "webhook-timestamp", "" + Instant.now().getEpochSecond()));
        refuses(NEW, received.body(), received.headers());
    }

    @Test
    void whileSecretsAreExchangedBothSign() throws Exception {
        Received received = deliver(secrets(OLD, NEW), Clock.systemUTC(), BODY);

        for (String secret : List.of(OLD, NEW)) {
            assertThatCode(() -> new Webhook(secret).verify(received.body(), received.headers()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aPublicKeyVerifiesWhatItsPrivateKeySigned() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        String key = "whsk_" + Base64.getEncoder().encodeToString(seed);

        Received received = deliver(secrets(OLD, key), Clock.systemUTC(), BODY);

        assertThat(verifies(pair.getPublic(), received, received.body())).isTrue();
        assertThat(verifies(pair.getPublic(), received, received.body() + " ")).isFalse();
        assertThatCode(() -> new Webhook(OLD).verify(received.body(), received.headers()))
                .doesNotThrowAnyException();
    }

    @Test
    void withoutASecretForItsUrlARequestIsNotSigned() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), "http://localhost:1/ " + OLD);

        assertThat(deliver(Optional.of(file), Clock.systemUTC(), BODY).headers().keySet())
                .noneMatch(name -> name.startsWith("webhook"));
        assertThat(deliver(Optional.empty(), Clock.systemUTC(), BODY).headers().keySet())
                .noneMatch(name -> name.startsWith("webhook"));
    }

    private Optional<Path> secrets(String... secrets) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (String secret : secrets) {
            lines.append("http://localhost:%d/hooks %s\n".formatted(server.actualPort(), secret));
        }
        return Optional.of(Files.writeString(folder.resolve("keys"), lines));
    }

    private Received deliver(Optional<Path> keys, Clock clock, String body) throws Exception {
        Map<String, String> config = Map.of("mainstay.http.allow", "http://localhost:" + server.actualPort());
        HttpSettings settings = SomeSettings.of(config);
        HttpSender sender = new HttpSender(
                vertx,
                SomeSettings.config(config),
                settings,
                SomeSettings.proofs(new RequestSigner(vertx, clock, () -> keys), config),
                SomeSettings.EGRESS);
        HttpJobHandler handler = new HttpJobHandler(
                new HttpJobReader(),
                settings,
                sender,
                new AnswerRules(settings, Clock.systemUTC()),
                SomeTargets.patient());
        String payload = "{\"url\": \"http://localhost:%d/hooks/in?a=b\"%s}"
                .formatted(server.actualPort(), body == null ? "" : ", \"body\": " + body);
        Outcome outcome =
                handler.start(new SomeAttempt(new Json(payload), SOON)).await().atMost(SOON);
        assertThat(outcome).isEqualTo(Outcome.success(new Json("{\"status\":204}")));
        sender.close();
        return requests.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private static void refuses(String secret, String body, Map<String, List<String>> headers) {
        assertThatThrownBy(() -> new Webhook(secret).verify(body, headers))
                .isInstanceOf(WebhookVerificationException.class);
    }

    private static Map<String, List<String>> with(Map<String, List<String>> headers, String name, String value) {
        Map<String, List<String>> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(headers);
        changed.put(name, List.of(value));
        return changed;
    }

    private static boolean verifies(PublicKey key, Received received, String body) throws GeneralSecurityException {
        String signature = List.of(received.header("webhook-signature").split(" ")).stream()
                .filter(one -> one.startsWith("v1a,"))
                .findFirst()
                .orElseThrow()
                .substring("v1a,".length());
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update("%s.%s.%s"
                .formatted(received.header("webhook-id"), received.header("webhook-timestamp"), body)
                .getBytes(StandardCharsets.UTF_8));
        return verifier.verify(Base64.getDecoder().decode(signature));
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
