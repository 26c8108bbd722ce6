package io.mainstay.redis.connection;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetClientImpl;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What is used of the insides of Vert.x and its Redis client. All of it is here, so an upgrade that changes them touches one
 * file.
 */
public final class VertxInternals {

    private VertxInternals() {}

    /** One of the event loops of Vert.x, in turn, whatever thread this is called on. */
    public static EventLoop newEventLoop(Vertx vertx) {
        return new ContextLoop(((VertxInternal) vertx).createEventLoopContext());
    }

    /** {@link EventLoop#thread()} of the calling thread; null if that is none. */
    static Object currentThread() {
        ContextInternal context = ContextInternal.current();
        return context == null ? null : context.nettyEventLoop();
    }

    /** Makes a client for one connection, whose bytes are counted. */
    static Redis client(EventLoop loop, TrafficCounter traffic, RedisOptions options) {
        VertxInternal vertx = ((ContextLoop) loop).context().owner();
        return Redis.createClient(new CountedSocket(vertx, traffic), options);
    }

    /** What Redis said, if the error is an answer of Redis, or is made of the end of the connection by the client. */
    static Optional<String> reply(Throwable error) {
        return error instanceof ErrorType reply ? Optional.of(reply.getMessage()) : Optional.empty();
    }

    /** An answer whose type is ERROR. */
    static Throwable asThrowable(Response error) {
        return (ErrorType) error;
    }

    private record ContextLoop(ContextInternal context) implements EventLoop {

        @Override
        public void execute(Runnable task) {
            context.execute(task);
        }

        @Override
        public void later(Runnable task) {
            context.runOnContext(ignored -> task.run());
        }

        @Override
        public long setTimer(long delayMs, Handler<Long> task) {
            return context.setTimer(delayMs, task);
        }

        @Override
        public long setPeriodic(long delayMs, Handler<Long> task) {
            return context.setPeriodic(delayMs, task);
        }

        @Override
        public boolean cancelTimer(long id) {
            return context.owner().cancelTimer(id);
        }

        @Override
        public <T> Promise<T> promise() {
            return context.promise();
        }

        @Override
        public <T> Future<T> blocking(Callable<T> task) {
            return context.executeBlockingInternal(task, false);
        }

        @Override
        public Object thread() {
            return context.nettyEventLoop();
        }
    }

    /**
     * What a Redis client is given in place of Vert.x, so that the bytes of its one socket are counted: the client says nothing of
     * an answer before it has all of it. The counter stands in the pipeline of the socket, behind TLS and before the parser.
     *
     * <p>Rejected: to read the socket from a private field of the client's connection, which compiles whatever becomes of it and
     * needs reflection in a native image; and metrics of Vert.x, which there is one of for all sockets.
     */
    private static final class CountedSocket extends VertxWrapper {

        private final TrafficCounter traffic;

        /** @param traffic counts one socket; a second one fails */
        CountedSocket(VertxInternal vertx, TrafficCounter traffic) {
            super(vertx);
            this.traffic = traffic;
        }

        /** Ends when its client closes it, and with Vert.x, as the one of Vert.x does. */
        @Override
        public NetClient createNetClient(NetClientOptions options) {
            VertxMetrics metrics = metricsSPI();
            CloseFuture end = new CloseFuture();
            NetClientImpl client =
                    new NetClientImpl(
                            delegate, metrics == null ? null : metrics.createNetClientMetrics(options), options, end) {
                        @Override
                        protected void initChannel(ChannelPipeline pipeline) {
                            super.initChannel(pipeline);
                            pipeline.addLast("traffic", traffic);
                        }
                    };
            end.add(client);
            delegate.closeFuture().add(end);
            return client;
        }
    }
}
