package io.mainstay.redis.connection;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetClientImpl;
import io.vertx.core.spi.metrics.VertxMetrics;

/**
 * What a Redis client is given in place of Vert.x, so that the bytes of its one socket are counted: the client says nothing of
 * an answer before it has all of it. The counter stands in the pipeline of the socket, behind TLS and before the parser. The
 * only class that depends on how the client makes its sockets.
 *
 * <p>Rejected: to read the socket from a private field of the client's connection, which compiles whatever becomes of it and
 * needs reflection in a native image; and metrics of Vert.x, which there is one of for all sockets.
 */
final class CountedSocket extends VertxWrapper {

    private final Traffic traffic;

    /** @param traffic counts one socket; a second one fails */
    CountedSocket(VertxInternal vertx, Traffic traffic) {
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
