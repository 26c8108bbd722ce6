package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
import io.mainstay.health.LinkState;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.health.NoticedBy;
import io.mainstay.redis.FaultyProxy;
import io.mainstay.redis.OwnRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One link, a real Redis, and between them what networks and operators do. */
class RedisLinkTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<LinkState> states = new CopyOnWriteArrayList<>();
    private OwnRedis redis;
    private FaultyProxy proxy;
    private RedisLink link;

    @BeforeEach
    void open() throws Exception {
        redis = new OwnRedis();
        proxy = new FaultyProxy(redis.port());
        Files.writeString(directory.resolve("user"), "default\n");
        Files.writeString(directory.resolve("password"), "first\n");
        link = link(Map.of());
        awaitState(LinkState.VERIFIED);
    }

    @AfterEach
    void close() throws Exception {
        link.close();
        proxy.close();
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @TimedTest
    void idleConnectionWhosePacketsVanishIsReplacedBeforeAnybodyNeedsIt() {
        proxy.blackHoleConnections();

        awaitStates(LinkState.SUSPECT, LinkState.DEAD, LinkState.CONNECTING, LinkState.VERIFIED);
        assertThat(succeedsWithin(Duration.ofMillis(200))).isTrue();
    }

    @TimedTest
    void commandOnAConnectionWhosePacketsVanishSucceedsWithinASecond() {
        proxy.blackHoleConnections();

        assertThat(succeedsWithin(Duration.ofSeconds(1))).isTrue();
    }

    @TimedTest
    void slowRedisKeepsItsConnection() throws Exception {
        String before = clientId();
        redis.run("CLIENT PAUSE 500");
        answer(link.send(Request.cmd(Command.PING)));

        awaitStates(LinkState.SUSPECT, LinkState.VERIFIED);
        assertThat(clientId()).isEqualTo(before);
        assertThat(states).doesNotContain(LinkState.DEAD);
        awaitConnections(1);
    }

    /** As the event loops of a service do that has just started. */
    @TimedTest
    void answersThatCameWhileTheEventLoopStoodStillAreRead() throws Exception {
        String before = clientId();
        CompletableFuture<Response> answered = new CompletableFuture<>();
        link.loop().later(() -> {
            // Due before the link's own timer, and found together with it: nothing is read between the two.
            link.loop().setTimer(1, second -> {
                link.send(Request.cmd(Command.PING))
                        .onSuccess(answered::complete)
                        .onFailure(answered::completeExceptionally);
                spin(Duration.ofMillis(1500));
            });
            spin(Duration.ofMillis(200));
        });

        assertThat(answered).succeedsWithin(DEADLINE);
        assertThat(clientId()).isEqualTo(before);
        assertThat(states).doesNotContain(LinkState.DEAD);
    }

    @TimedTest
    void commandPastItsDeadlineFailsAndItsConnectionIsNeverUsedAgain() throws Exception {
        String before = clientId();
        proxy.holdAnswers(true);
        assertThatThrownBy(() -> answer(link.send(Request.cmd(Command.PING))))
                .hasRootCauseInstanceOf(LinkLostException.class);
        proxy.holdAnswers(false);

        awaitLast(LinkState.VERIFIED);
        assertThat(clientId()).isNotEqualTo(before);
        awaitConnections(1);
    }

    @TimedTest
    void frozenRedisIsBackWithinHalfASecondAndLeavesNoConnections() throws Exception {
        redis.freeze(true);
        awaitState(LinkState.DEAD);
        redis.freeze(false);

        assertThat(succeedsWithin(Duration.ofMillis(500))).isTrue();
        awaitConnections(1);
    }

    @TimedTest
    void killedConnectionIsBackWithinHalfASecond() throws Exception {
        redis.run("CLIENT KILL TYPE normal");

        awaitState(LinkState.DEAD);
        assertThat(succeedsWithin(Duration.ofMillis(500))).isTrue();
    }

    @TimedTest
    void masterThatBecomesAReplicaIsLeftThoughNobodyWritesAndTakenBackAsAMaster() throws Exception {
        redis.run("REPLICAOF 127.0.0.1 1");
        awaitState(LinkState.DEAD);
        assertThatThrownBy(() -> answer(link.send(Request.cmd(Command.PING))))
                .hasRootCauseInstanceOf(LinkLostException.class);

        redis.run("REPLICAOF NO ONE");
        assertThat(succeedsWithin(Duration.ofSeconds(1))).isTrue();
    }

    @TimedTest
    void rolesSwappedBehindTheSameAddressAreFollowed() throws Exception {
        try (OwnRedis promoted = new OwnRedis()) {
            promoted.run("SET who promoted");
            proxy.leadTo(promoted.port());
            redis.run("REPLICAOF 127.0.0.1 " + promoted.port());

            assertThatThrownBy(() ->
                            answer(link.send(Request.cmd(Command.SET).arg("who").arg("demoted"))))
                    .hasMessageContaining("READONLY");
            assertThat(answer(link.send(Request.cmd(Command.GET).arg("who"))).toString())
                    .isEqualTo("promoted");
        }
    }

    @TimedTest
    void passwordRotatedInItsFileIsUsedForTheNextConnection() throws Exception {
        redis.run("CONFIG SET requirepass second");
        redis.logIn("default", "second");
        redis.run("CLIENT KILL TYPE normal");
        awaitState(LinkState.DEAD);
        assertThatThrownBy(() -> answer(link.send(Request.cmd(Command.PING))))
                .hasRootCauseInstanceOf(LinkLostException.class);

        Files.writeString(directory.resolve("password"), "second");
        assertThat(succeedsWithin(Duration.ofSeconds(1))).isTrue();
    }

    @TimedTest
    void userRotatedInItsFileIsUsedForTheNextConnection() throws Exception {
        redis.run("ACL SETUSER second on >pass ~* &* +@all");
        Files.writeString(directory.resolve("user"), "second");
        Files.writeString(directory.resolve("password"), "pass");
        link.recycle(NoticedBy.WATCHDOG, "the user has changed");

        awaitState(LinkState.DEAD);
        assertThat(answer(link.send(Request.cmd(Command.ACL).arg("WHOAMI"))).toString())
                .isEqualTo("second");
    }

    @TimedTest
    void userWhoMayNotAskForRolesIsServed() throws Exception {
        redis.run("ACL SETUSER humble on >pass ~* &* +@all -role");
        Files.writeString(directory.resolve("user"), "humble");
        Files.writeString(directory.resolve("password"), "pass");
        link.recycle(NoticedBy.WATCHDOG, "the user has changed");

        awaitState(LinkState.DEAD);
        assertThat(answer(link.send(Request.cmd(Command.ACL).arg("WHOAMI"))).toString())
                .isEqualTo("humble");
    }

    @TimedTest
    void noConnectionIsLeftBehind() throws Exception {
        for (int generation = 0; generation < 10; generation++) {
            String before = clientId();
            link.recycle(NoticedBy.WATCHDOG, "test");
            // Busy as the machine may be, the link is not back sooner than its calls give up.
            Awaitility.await().atMost(DEADLINE).ignoreExceptions().until(() -> !clientId()
                    .equals(before));
        }
        proxy.holdAnswers(true);
        states.clear();
        awaitState(LinkState.DEAD);
        proxy.holdAnswers(false);
        proxy.blackHoleConnections();

        assertThat(succeedsWithin(DEADLINE)).isTrue();
        awaitConnections(1);
    }

    @TimedTest
    void commandsSentTogetherGoInARowOnOneConnection() {
        List<Response> answers = answer(link.sendTogether(List.of(
                Request.cmd(Command.CLIENT).arg("ID"),
                Request.cmd(Command.SET).arg("k").arg("v"),
                Request.cmd(Command.GET).arg("k"),
                Request.cmd(Command.CLIENT).arg("ID"))));

        assertThat(answers.get(3)).hasToString(answers.get(0).toString());
        assertThat(answers.get(2)).hasToString("v");
    }

    @TimedTest
    void commandsSentTogetherFailTogetherWhenTheConnectionIsLost() {
        proxy.loseAnswers(1);

        assertThatThrownBy(
                        () -> answer(link.sendTogether(List.of(Request.cmd(Command.PING), Request.cmd(Command.PING)))))
                // Reset, if something was still on its way to the other end.
                .hasMessageMatching("(?s).*(clos|reset).*");
    }

    @TimedTest
    void redisThatWaitsOnPurposeIsWaitedFor() throws Exception {
        String before = clientId();
        List<Response> answers = answer(link.sendTogether(
                List.of(
                        Request.cmd(Command.SET).arg("k").arg("v"),
                        Request.cmd(Command.WAIT).arg(1).arg(1000)),
                Duration.ofSeconds(1)));

        assertThat(answers.get(1).toInteger()).isZero();
        assertThat(clientId()).isEqualTo(before);
        assertThat(states).doesNotContain(LinkState.SUSPECT, LinkState.DEAD);
    }

    @TimedTest
    void waitsThatEndedBuyNoTimeForAConnectionWhosePacketsVanish() {
        for (int i = 0; i < 50; i++) {
            answer(waitForNobody());
        }
        proxy.blackHoleConnections();
        long begun = System.nanoTime();

        assertThatThrownBy(() -> answer(waitForNobody())).hasRootCauseInstanceOf(LinkLostException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    }

    @TimedTest
    void moreCallsThanMayWaitAreRefusedAtOnce() {
        link.close();
        proxy.refuse(true);
        link = link(Map.of("mainstay.redis.max-waiting", "1"));
        link.send(Request.cmd(Command.PING));

        assertThatThrownBy(() -> answer(link.send(Request.cmd(Command.PING)))).hasMessageContaining("too many");
    }

    private RedisLink link(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("mainstay.redis.user-file", directory.resolve("user").toString());
        all.put("mainstay.redis.password-file", directory.resolve("password").toString());
        return LinkUnderTest.make(LinkKind.WRITES, vertx, proxy.address(), all, new ConnectionObserver() {
            @Override
            public void linkOpened(LinkKind kind) {
                states.add(LinkState.CONNECTING);
            }

            @Override
            public void linkChanged(LinkKind kind, LinkState from, LinkState to) {
                states.add(to);
            }
        });
    }

    private Future<List<Response>> waitForNobody() {
        return link.sendTogether(
                List.of(
                        Request.cmd(Command.SET).arg("k").arg("v"),
                        Request.cmd(Command.WAIT).arg(0).arg(1000)),
                Duration.ofSeconds(1));
    }

    /** Asks as callers do, again and again, until it is answered. */
    private boolean succeedsWithin(Duration limit) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < limit.toNanos()) {
            try {
                answer(link.send(Request.cmd(Command.PING)));
                return System.nanoTime() - begun < limit.toNanos();
            } catch (RuntimeException e) {
                assertThat(RetryDecision.of(e.getCause())).isEqualTo(RetryDecision.RECONNECT);
            }
        }
        return false;
    }

    private static void spin(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private String clientId() {
        return answer(link.send(Request.cmd(Command.CLIENT).arg("ID"))).toString();
    }

    private void awaitConnections(long count) {
        Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(redis.connections())
                .isEqualTo(count));
    }

    private void awaitState(LinkState state) {
        Awaitility.await().atMost(DEADLINE).until(() -> states.contains(state));
    }

    private void awaitLast(LinkState state) {
        Awaitility.await().atMost(DEADLINE).until(() -> link.state() == state);
    }

    private void awaitStates(LinkState... afterTheFirstTwo) {
        // The list grows meanwhile: a view of it would break, and it would begin with fewer than two.
        Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                        states.stream().skip(2).toList())
                .startsWith(afterTheFirstTwo));
    }

    private static <T> T answer(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
