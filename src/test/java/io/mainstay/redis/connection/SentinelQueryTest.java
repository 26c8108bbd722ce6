package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.redis.Configured;
import io.mainstay.redis.FaultyProxy;
import io.mainstay.redis.OwnRedis;
import io.mainstay.vertx.EventLoop;
import io.mainstay.vertx.VertxInternals;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a Redis, which tells on which of its connections it was asked, in place of a sentinel. */
class SentinelQueryTest {

    private final Vertx vertx = Vertx.vertx();
    private final EventLoop loop = VertxInternals.newEventLoop(vertx);
    private OwnRedis redis;
    private FaultyProxy proxy;
    private SentinelQuery sentinel;

    @BeforeEach
    void open() {
        redis = new OwnRedis();
        proxy = new FaultyProxy(redis.port());
        Connector connector =
                new Connector(StoreName.FIRST, Configured.client(proxy.address()), Configured.redis(Map.of()));
        sentinel = new SentinelQuery(loop, connector, Address.of(proxy.address()), Configured.redis(Map.of()));
    }

    @AfterEach
    void close() {
        loop.execute(sentinel::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        proxy.close();
        redis.close();
    }

    @Test
    void connectionIsKeptWhileItAnswers() {
        assertThat(List.of(ask(false), ask(false), ask(false))).containsOnly(ask(false));
        assertThat(proxy.accepted()).isEqualTo(1);
    }

    @Test
    void doubtBringsAnotherWhichIsKeptThen() {
        long first = ask(false);
        long second = ask(true);

        assertThat(second).isNotEqualTo(first);
        assertThat(ask(false)).isEqualTo(second);
        Awaitility.await().until(() -> redis.connections() == 1);
    }

    @Test
    void questionIsAnsweredThoughTheKeptConnectionHasEnded() {
        long first = ask(false);
        proxy.cutConnections();

        assertThat(ask(false)).isNotEqualTo(first);
    }

    @Test
    void questionIsAnsweredThoughTheKeptConnectionLeadsNowhere() {
        long first = ask(false);
        proxy.blackHoleConnections();

        assertThat(ask(false)).isNotEqualTo(first);
    }

    @Test
    void nothingIsKeptAfterTheEnd() {
        ask(false);
        loop.execute(sentinel::close);

        ask(false);
        Awaitility.await().until(() -> redis.connections() == 0);
    }

    /** @return which connection it was */
    private long ask(boolean afresh) {
        CompletableFuture<Long> connection = new CompletableFuture<>();
        loop.execute(
                () -> sentinel.ask(List.of(Request.cmd(Command.CLIENT).arg("ID"), Request.cmd(Command.PING)), afresh)
                        .onSuccess(answers -> connection.complete(answers.get(0).toLong()))
                        .onFailure(connection::completeExceptionally));
        return connection.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
