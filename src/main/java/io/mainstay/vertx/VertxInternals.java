package io.mainstay.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.TCPServerBase;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;

/** What is used of the insides of Vert.x; an upgrade that changes them touches this package alone. */
@RegisterForReflection(targets = TCPServerBase.class, methods = false)
public final class VertxInternals {

    private static final String ACCEPTING = "bindFuture";

    private VertxInternals() {}

    /**
     * One of the event loops of Vert.x, in turn, whatever thread this is called on, with a context that nobody else has: the
     * current one could be a worker's, or shared with others.
     */
    public static EventLoop newEventLoop(Vertx vertx) {
        return new ContextLoop(((VertxInternal) vertx).createEventLoopContext());
    }

    /** {@link EventLoop#thread()} of the calling thread; null if that is none. */
    public static Object currentThread() {
        ContextInternal context = ContextInternal.current();
        return context == null ? null : context.nettyEventLoop();
    }

    /**
     * Runs the task now, with context locals of its own, which what is logged meanwhile has its fields in: a context without locals, such
     * as that of an event loop itself, keeps none.
     */
    public static void inOwnContext(Runnable task) {
        ContextInternal context = ContextInternal.current();
        if (context == null) {
            task.run();
        } else {
            context.duplicate().dispatch(task);
        }
    }

    /** All event loops. */
    public static EventLoopGroup eventLoops(Vertx vertx) {
        return ((VertxInternal) vertx).getEventLoopGroup();
    }

    /**
     * Vert.x for a client of one connection on the loop.
     *
     * @param handler is put into the pipeline of its socket, behind TLS and before the client's own
     * @param tlsServerName what the server's certificate must be for; empty: the host that is connected to. Only for a client whose
     *     socket has TLS from the beginning
     */
    public static Vertx watchingSocket(
            EventLoop loop, String name, ChannelHandler handler, Optional<String> tlsServerName) {
        return new WatchedSockets(((ContextLoop) loop).context().owner(), name, handler, tlsServerName);
    }

    /** The socket of an HTTP connection, ours or a client's. */
    public static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }

    /**
     * Pipelines of the channels that accept connections, one for each HTTP server that listens. Only a private field leads to them.
     *
     * @throws IllegalStateException if this Vert.x is not as it was
     */
    public static List<ChannelPipeline> acceptingPipelines(Vertx vertx) {
        return ((VertxInternal) vertx)
                .sharedHttpServers().values().stream()
                        .map(VertxInternals::acceptingPipeline)
                        .flatMap(Optional::stream)
                        .toList();
    }

    /** Empty if the server does not listen yet. */
    private static Optional<ChannelPipeline> acceptingPipeline(TCPServerBase server) {
        try {
            Field field = TCPServerBase.class.getDeclaredField(ACCEPTING);
            field.setAccessible(true);
            return Optional.ofNullable((Channel) ((Future<?>) field.get(server)).result())
                    .map(Channel::pipeline);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException("TCPServerBase." + ACCEPTING + " is not what it was", e);
        }
    }

    /** Where an HTTP server's connection reads requests; null if it does not, or not yet. */
    public static ChannelHandlerContext requestDecoder(ChannelPipeline pipeline) {
        return pipeline.context(VertxHttpRequestDecoder.class);
    }
}
