package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
import io.mainstay.health.LinkState;
import io.mainstay.machine.TimedTest;
import io.mainstay.redis.FaultyProxy;
import io.mainstay.redis.OwnRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One link of few bytes a second: what goes on coming in is waited for, what stops or trickles is not. */
class SlowLinkTest {

    private static final int MB = 1_000_000;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(1);
    /** A third of the lease. */
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private static final Map<String, String> VALUES =
            Map.of("mainstay.redis.command-timeout", SILENCE.toString(), "mainstay.lease.duration", "PT9S");

    private final Vertx vertx = Vertx.vertx();
    private final List<LinkState> states = new CopyOnWriteArrayList<>();
    private OwnRedis redis;
    private FaultyProxy proxy;
    private RedisLink link;

    @BeforeEach
    void open() throws Exception {
        redis = new OwnRedis();
        proxy = new FaultyProxy(redis.port());
        link = link();
        answer(link.send(Request.cmd(Command.SET).arg("large").arg("x".repeat(2 * MB))));
    }

    @AfterEach
    void close() throws Exception {
        link.close();
        proxy.close();
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @TimedTest
    void answerThatTakesLongerThanTheTimeoutArrives() {
        proxy.shapeAnswers(MB);
        long begun = System.nanoTime();
        Future<Response> large = link.send(get("large"));
        Future<Response> behind = link.send(Request.cmd(Command.PING));

        assertThat(answer(large).toString()).hasSize(2 * MB);
        assertThat(since(begun)).isGreaterThan(SILENCE);
        assertThat(answer(behind)).hasToString("PONG");
        assertThat(states).doesNotContain(LinkState.SUSPECT, LinkState.DEAD);
        assertThat(proxy.accepted()).isEqualTo(1);
    }

    @TimedTest
    void connectionWhosePacketsVanishInMidAnswerIsFoundOutWithinTheTimeoutOfItsLastByte() {
        proxy.shapeAnswers(MB);
        Future<Response> large = link.send(get("large"));
        Future<Response> behind = link.send(Request.cmd(Command.PING));
        awaitDelivered(MB);
        proxy.blackHoleConnections();
        long silent = System.nanoTime();

        assertThat(failure(large).cutMidAnswer()).isTrue();
        assertThat(since(silent)).isBetween(SILENCE.minusMillis(300), SILENCE.plusMillis(500));
        assertThat(failure(behind).cutMidAnswer()).isFalse();
        proxy.shapeAnswers(0);
        awaitPong();
    }

    @TimedTest
    void connectionThatIsClosedInMidAnswerSaysSo() {
        proxy.shapeAnswers(MB);
        Future<Response> large = link.send(get("large"));
        awaitDelivered(MB);
        proxy.cutConnections();

        assertThat(failure(large).cutMidAnswer()).isTrue();
    }

    @TimedTest
    void silenceIsNoCutInMidAnswer() {
        proxy.blackHoleConnections();

        assertThat(failure(link.send(Request.cmd(Command.PING))).cutMidAnswer()).isFalse();
    }

    @TimedTest
    void connectionThatTricklesIsReplacedAfterAThirdOfALease() {
        proxy.shapeAnswers(10);
        long begun = System.nanoTime();
        Future<Response> large = link.send(get("large"));

        assertThat(failure(large).cutMidAnswer()).isTrue();
        assertThat(since(begun)).isBetween(LONGEST.minusMillis(100), LONGEST.plusMillis(500));
        proxy.shapeAnswers(0);
        awaitPong();
    }

    @TimedTest
    void requestThatTakesLongerThanTheTimeoutArrives() {
        proxy.shapeRequests(MB);
        long begun = System.nanoTime();

        assertThat(answer(link.send(Request.cmd(Command.SET).arg("k").arg("x".repeat(2 * MB)))))
                .hasToString("OK");
        assertThat(since(begun)).isGreaterThan(SILENCE);
        assertThat(states).doesNotContain(LinkState.DEAD);
    }

    private RedisLink link() {
        return LinkUnderTest.make(LinkKind.CLAIMS, vertx, proxy.address(), VALUES, new ConnectionObserver() {
            @Override
            public void linkChanged(LinkKind kind, LinkState from, LinkState to) {
                states.add(to);
            }
        });
    }

    private static Request get(String key) {
        return Request.cmd(Command.GET).arg(key);
    }

    private void awaitDelivered(long bytes) {
        long before = proxy.delivered();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(DEADLINE)
                .until(() -> proxy.delivered() - before > bytes);
    }

    private void awaitPong() {
        Awaitility.await().atMost(DEADLINE).ignoreExceptions().until(() -> "PONG"
                .equals(answer(link.send(Request.cmd(Command.PING))).toString()));
    }

    private static LinkLostException failure(Future<?> future) {
        Throwable thrown = catchThrowable(() -> answer(future));
        assertThat(thrown).hasCauseInstanceOf(LinkLostException.class);
        return (LinkLostException) thrown.getCause();
    }

    private static <T> T answer(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
