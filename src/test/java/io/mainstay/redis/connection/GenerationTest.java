package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.redis.Configured;
import io.mainstay.vertx.EventLoop;
import io.mainstay.vertx.VertxInternals;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no real connection does at a time that a test could choose. */
class GenerationTest {

    private final Vertx vertx = Vertx.vertx();
    private final EventLoop loop = VertxInternals.newEventLoop(vertx);
    private final TrafficCounter traffic = new TrafficCounter();
    private final EmbeddedChannel socket = new EmbeddedChannel(traffic);
    private final ClosingConnection connection = new ClosingConnection();

    @AfterEach
    void close() {
        socket.finishAndReleaseAll();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** The end of a socket is told first to whoever sends on it just then. */
    @Test
    void cutInMidAnswerIsKnownWhoeverHearsOfItFirst() {
        PendingCommand large = new PendingCommand(Request.cmd(Command.GET).arg("large"), 0);
        PendingCommand role = new PendingCommand(Request.cmd(Command.ROLE), 0);
        onLoop(() -> {
            Generation generation = generation();
            generation.transmit(large);
            socket.writeInbound(Unpooled.copiedBuffer(new byte[100]));
            connection.closed = true;
            generation.transmit(role);
        });

        assertThat(large.answer().cause())
                .isInstanceOfSatisfying(LinkLostException.class, lost -> assertThat(lost.cutMidAnswer())
                        .isTrue());
        assertThat(role.answer().cause())
                .isInstanceOfSatisfying(LinkLostException.class, lost -> assertThat(lost.cutMidAnswer())
                        .isFalse());
    }

    /** The rest of a row is not sent on, and fails with it. */
    @Test
    void rowWhoseConnectionEndsUnderItFailsAsAWhole() {
        PendingCommand row = PendingCommand.inARow(
                List.of(Request.cmd(Command.ASKING), Request.cmd(Command.GET).arg("a")), 0, 0);
        connection.closed = true;
        onLoop(() -> generation().transmit(row));

        assertThat(row.answers())
                .allSatisfy(answer -> assertThat(answer.cause()).isInstanceOf(LinkLostException.class));
        assertThat(connection.sent).isEqualTo(1);
    }

    private Generation generation() {
        LinkLimits limits = new LinkLimits(Configured.redis(Map.of()), Configured.lease(Map.of()));
        return new Generation(
                new DedicatedConnection(Redis.createClient(vertx), connection, traffic, error -> error),
                loop,
                limits,
                new Generation.Owner() {
                    @Override
                    public void refused(Generation generation, Throwable error) {
                        throw new AssertionError(error);
                    }

                    @Override
                    public void hasRoom(Generation generation) {}

                    @Override
                    public void ended(Generation generation, String why, Throwable cause) {
                        generation.end(why, cause);
                    }
                });
    }

    private void onLoop(Runnable steps) {
        CompletableFuture.runAsync(steps, loop).join();
    }

    /** Answers nothing while it is open, and fails what is sent afterwards at once. */
    private static final class ClosingConnection implements RedisConnection {

        private boolean closed;
        private int sent;

        @Override
        public Future<Response> send(Request command) {
            sent++;
            return closed
                    ? Future.failedFuture(ErrorType.create("CONNECTION_CLOSED"))
                    : Future.future(neverAnswered -> {});
        }

        @Override
        public Future<List<Response>> batch(List<Request> commands) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }

        @Override
        public boolean pendingQueueFull() {
            return false;
        }

        @Override
        public RedisConnection handler(Handler<Response> handler) {
            return this;
        }

        @Override
        public RedisConnection endHandler(Handler<Void> handler) {
            return this;
        }

        @Override
        public RedisConnection exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public RedisConnection pause() {
            return this;
        }

        @Override
        public RedisConnection resume() {
            return this;
        }

        @Override
        public RedisConnection fetch(long amount) {
            return this;
        }
    }
}
