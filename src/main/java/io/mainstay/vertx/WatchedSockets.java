package io.mainstay.vertx;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetClientImpl;
import io.vertx.core.spi.metrics.VertxMetrics;

/**
 * What a client is given instead of Vert.x, so that a handler of ours stands in the pipeline of its one socket, behind TLS and
 * before the client's own.
 *
 * <p>Rejected: to read the socket from a private field of the client's connection, which compiles whatever becomes of it and
 * needs reflection in a native image; and metrics of Vert.x, which there is one of for all sockets.
 */
final class WatchedSockets extends VertxWrapper {

    private final String name;
    private final ChannelHandler handler;

    /** @param handler for one socket; unless it is sharable, a second one fails */
    WatchedSockets(VertxInternal vertx, String name, ChannelHandler handler) {
        super(vertx);
        this.name = name;
        this.handler = handler;
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
                        pipeline.addLast(name, handler);
                    }
                };
        end.add(client);
        delegate.closeFuture().add(end);
        return client;
    }
}
