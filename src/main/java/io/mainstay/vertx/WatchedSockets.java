package io.mainstay.vertx;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Promise;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetClientImpl;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.Optional;

/**
 * What a client is given instead of Vert.x, so that a handler of ours stands in the pipeline of its one socket, behind TLS and
 * before the client's own, and the server's certificate is checked against a name of ours where there is one.
 *
 * <p>Rejected: to read the socket from a private field of the client's connection, which compiles whatever becomes of it and
 * needs reflection in a native image; and metrics of Vert.x, which there is one of for all sockets.
 */
final class WatchedSockets extends VertxWrapper {

    private final String name;
    private final ChannelHandler handler;
    private final Optional<String> tlsServerName;

    /**
     * @param handler for one socket; unless it is sharable, a second one fails
     * @param tlsServerName what the server's certificate must be for, if that is not the host
     */
    WatchedSockets(VertxInternal vertx, String name, ChannelHandler handler, Optional<String> tlsServerName) {
        super(vertx);
        this.name = name;
        this.handler = handler;
        this.tlsServerName = tlsServerName;
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

                    @Override
                    public void connectInternal(
                            ProxyOptions proxy,
                            SocketAddress remote,
                            SocketAddress peer,
                            String serverName,
                            boolean ssl,
                            boolean alpn,
                            boolean registered,
                            Promise<NetSocket> promise,
                            ContextInternal context,
                            int attempts) {
                        super.connectInternal(
                                proxy,
                                remote,
                                certified(peer),
                                tlsServerName.orElse(serverName),
                                ssl,
                                alpn,
                                registered,
                                promise,
                                context,
                                attempts);
                    }
                };
        end.add(client);
        delegate.closeFuture().add(end);
        return client;
    }

    /**
     * The peer by the name that its certificate must be for. To send the name as SNI is not enough: if the certificate is not for it, the JDK
     * accepts one for the peer all the same.
     */
    private SocketAddress certified(SocketAddress peer) {
        return tlsServerName
                .map(host -> SocketAddress.inetSocketAddress(peer.port(), host))
                .orElse(peer);
    }
}
