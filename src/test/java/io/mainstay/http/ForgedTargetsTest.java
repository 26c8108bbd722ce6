package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.Outcome;
import io.mainstay.http.egress.Egress;
import io.mainstay.http.targets.SomeTargets;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import io.mainstay.process.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * URLs and names that try to lead requests to where they must not go. 127.0.0.2 stands for a public address, as the only subnet that is
 * allowed; on the port that all URLs name, 127.0.0.1 is somebody's private service, who counts connections.
 */
class ForgedTargetsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final byte[] PUBLIC = {127, 0, 0, 2};
    private static final byte[] PRIVATE = {127, 0, 0, 1};

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger reachedPrivate = new AtomicInteger();
    private final Queue<String> hosts = new ConcurrentLinkedQueue<>();
    private final Map<String, Queue<List<byte[]>>> names = new ConcurrentHashMap<>();
    private final AtomicLong clock = new AtomicLong();
    private final Egress egress = new Egress(this::lookUp, List.of("127.0.0.2"), SOON, clock::get);
    private volatile String redirect;
    private int port;

    @BeforeEach
    void start() {
        port = Ports.free();
        await(vertx.createHttpServer()
                .requestHandler(request -> {
                    hosts.add(request.getHeader("Host"));
                    if (redirect != null) {
                        request.response().putHeader("Location", redirect).setStatusCode(302);
                    }
                    request.response().end();
                })
                .listen(port, "127.0.0.2"));
        await(vertx.createHttpServer()
                .connectionHandler(connection -> reachedPrivate.incrementAndGet())
                .requestHandler(request -> request.response().end())
                .listen(port, "127.0.0.1"));
    }

    @AfterEach
    void stop() {
        assertThat(reachedPrivate).hasValue(0);
        await(vertx.close());
    }

    /** Whoever set mainstay.http.allow is taken to have allowed even this. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // No URL of one host.
                "http://open.example:PORT@127.0.0.1:PORT/",
                "http://127.0.0.1:PORT@open.example:PORT/",
                "//127.0.0.1:PORT/",
                "http:////127.0.0.1:PORT/",
                "http:\\\\127.0.0.1:PORT\\",
                "http://open.example:PORT\\@127.0.0.1:PORT/",
                "http:127.0.0.1:PORT/",
                "http://open.example:PORT#@127.0.0.1:PORT/",
                "http://open.example%00.127.0.0.1:PORT/",
                "http://127.0.0.1%20.open.example:PORT/",
                // Addresses as they are written.
                "http://127.0.0.1:PORT/",
                "http://127.0.0.1.:PORT/",
                "http://localhost:PORT/",
                "http://LOCALHOST.:PORT/",
                "http://127.1:PORT/",
                "http://127.0.1:PORT/",
                "http://0:PORT/",
                "http://0.0.0.0:PORT/",
                "http://2130706433:PORT/",
                "http://017700000001:PORT/",
                "http://0x7f000001:PORT/",
                "http://0x7F.0.0.1:PORT/",
                "http://0177.0.0.1:PORT/",
                "http://127.0.0.01:PORT/",
                "http://127.0.0.1e0:PORT/",
                "http://[::1]:PORT/",
                "http://[::]:PORT/",
                "http://[0:0:0:0:0:0:0:1]:PORT/",
                "http://[::127.0.0.1]:PORT/",
                "http://[::ffff:127.0.0.1]:PORT/",
                "http://[::ffff:7f00:1]:PORT/",
                "http://[::ffff:0:127.0.0.1]:PORT/",
                "http://[64:ff9b::127.0.0.1]:PORT/",
                "http://[64:ff9b:1::7f00:1]:PORT/",
                "http://[2002:7f00:1::]:PORT/",
                "http://[fe80::1%25lo]:PORT/",
                "http://[fe80::1%lo]:PORT/",
                "http://[fd00:ec2::254]/latest/meta-data/",
                "http://169.254.169.254/latest/meta-data/",
                "http://metadata.example/computeMetadata/v1/",
                "http://nat64.example:PORT/",
                // Dots and digits that are none.
                "http://127\u30020\u30020\u30021:PORT/",
                "http://127\uff0e0\uff0e0\uff0e1:PORT/",
                "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460:PORT/",
                "http://127%2e0%2e0%2e1:PORT/",
                // Ports.
                "http://127.0.0.1:0PORT/",
                "http://open.example:PORT:80/",
                "http://open.example:+PORT/",
                "http://open.example: PORT/",
                "http://open.example:0x50/",
                "http://open.example:65536/",
                "http://open.example:0/",
                "http://open.example:-1/",
                // Other schemes.
                "gopher://127.0.0.1:PORT/",
                "file:///etc/passwd",
                "https:http://127.0.0.1:PORT/",
                "jar:http://127.0.0.1:PORT!/",
            })
    void leadsNowhere(String forged) {
        String url = forged.replace("PORT", Integer.toString(port));
        resolves("localhost", List.of(PRIVATE));
        resolves("localhost.", List.of(PRIVATE));
        resolves("metadata.example", List.of(new byte[] {(byte) 169, (byte) 254, (byte) 169, (byte) 254}));
        resolves(
                "nat64.example",
                List.of(new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 1}));

        assertThat(outcome(url, url)).isIn("refused", "http-address-refused");
    }

    /** Of a service that is allowed up to a path. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hooks/../admin",
                "/hooks/./../admin",
                "/hooks/%2e%2e/admin",
                "/hooks/%2E%2e/admin",
                "/hooks/.%2e/admin",
                "/hooks/%252e%252e/admin",
                "/hooks/%25252e%25252e/admin",
                "/hooks/%c0%ae%c0%ae/admin",
                "/hooks/..;/admin",
                "/hooks/..;a=b/admin",
                "/hooks/%2e%2e;/admin",
                "/hooks/..%2fadmin",
                "/hooks/..%5cadmin",
                "/hooks\\..\\admin",
                "/hooks/..%00/admin",
                "/hooks2",
                "/HOOKS/x",
                "//hooks/x",
                "/x/..//hooks",
                "/?/hooks",
                "",
            })
    void leadsNotBesideItsPrefix(String path) {
        resolves("open.example", List.of(PUBLIC));

        assertThat(outcome("http://open.example:%d/hooks".formatted(port), "http://open.example:" + port + path))
                .isIn("refused", "not allowed");
        assertThat(hosts).isEmpty();
    }

    @Test
    void aNameWithAPublicAddressIsCalledByItsName() {
        resolves("open.example", List.of(PUBLIC));

        assertThat(run("http://open.example:" + port)).isEqualTo("success");
        assertThat(hosts).containsExactly("open.example:" + port);
    }

    @Test
    void aNameWithAPublicAndAPrivateAddressIsRefused() {
        resolves("both.example", List.of(PUBLIC, PRIVATE));
        resolves("other.example", List.of(PRIVATE, PUBLIC));

        assertThat(run("http://both.example:" + port)).isEqualTo("http-address-refused");
        assertThat(run("http://other.example:" + port)).isEqualTo("http-address-refused");
        assertThat(hosts).isEmpty();
    }

    /** The name is looked up once for a request: there is no moment between check and connection at which it could change. */
    @Test
    void aNameThatChangesIsConnectedToWhereItWasChecked() {
        resolves("rebound.example", List.of(PUBLIC), List.of(PRIVATE));

        assertThat(run("http://rebound.example:" + port)).isEqualTo("success");
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(run("http://rebound.example:" + port)).isEqualTo("http-address-refused");
        assertThat(hosts).hasSize(1);
    }

    @Test
    void aRedirectIsNotFollowed() {
        resolves("open.example", List.of(PUBLIC));
        for (String to : List.of(
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1:" + port + "/",
                "//127.0.0.1:" + port + "/")) {
            redirect = to;
            assertThat(run("http://open.example:" + port)).isEqualTo("http-302");
        }
        assertThat(hosts).hasSize(3);
    }

    @Test
    void aNameThatIsNotThereIsTriedAgain() {
        assertThat(run("http://none.example:" + port)).isEqualTo("http-connection");
    }

    /** The type of the failure, or "success". */
    private String run(String url) {
        return outcome(url, url);
    }

    private String outcome(String allowed, String url) {
        Map<String, String> config = Map.of("mainstay.http.allow", allowed);
        Json payload = new Json("{\"url\": \"%s\"}".formatted(url.replace("\\", "\\\\")));
        HttpSettings settings;
        try {
            settings = SomeSettings.of(config);
            new HttpPayloadCheck(new HttpJobReader(), settings).check(payload);
        } catch (InvalidValueException refused) {
            return refused.getMessage().contains("below one of") ? "not allowed" : "refused";
        }
        HttpSender sender =
                new HttpSender(vertx, SomeSettings.config(config), settings, SomeSettings.noProofs(vertx), egress);
        HttpJobHandler handler = new HttpJobHandler(
                new HttpJobReader(),
                settings,
                sender,
                new AnswerRules(settings, Clock.systemUTC()),
                SomeTargets.patient());
        Outcome outcome = handler.start(new SomeAttempt(payload, SOON)).await().atMost(SOON);
        sender.close();
        if (outcome instanceof Outcome.Retry retry) {
            return retry.type();
        }
        return outcome instanceof Outcome.Final fin ? fin.type() : "success";
    }

    private void resolves(String host, List<byte[]> addresses) {
        names.put(host, new ConcurrentLinkedQueue<>(List.of(addresses)));
    }

    /** The second answer stays. */
    private void resolves(String host, List<byte[]> first, List<byte[]> then) {
        names.put(host, new ConcurrentLinkedQueue<>(List.of(first, then)));
    }

    private CompletableFuture<List<InetAddress>> lookUp(String host) {
        try {
            Queue<List<byte[]>> answers = names.get(host);
            if (answers == null) {
                // Addresses only: no name leaves this machine.
                return host.matches("[0-9.]+|[0-9a-fA-F:.%lo]*:[0-9a-fA-F:.%lo]*")
                        ? CompletableFuture.completedFuture(List.of(InetAddress.getAllByName(host)))
                        : CompletableFuture.failedFuture(new UnknownHostException(host));
            }
            List<byte[]> next = answers.size() > 1 ? answers.poll() : answers.peek();
            return CompletableFuture.completedFuture(
                    next.stream().map(ForgedTargetsTest::address).toList());
        } catch (UnknownHostException unknown) {
            return CompletableFuture.failedFuture(unknown);
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
