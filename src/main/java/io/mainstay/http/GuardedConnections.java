package io.mainstay.http;

import io.mainstay.vertx.VertxInternals;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.vertx.core.http.HttpConnection;
import java.nio.channels.ClosedChannelException;
import org.jboss.logging.Logger;

/** Puts the guards into the connections of Vert.x's client. */
final class GuardedConnections {

    private static final Logger LOG = Logger.getLogger(GuardedConnections.class);
    private static final String CODEC = "codec";

    private GuardedConnections() {}

    /** To be called for a new connection on its event loop, before its first request. */
    static void guard(HttpConnection connection, QuietTargets targets) {
        Channel channel = VertxInternals.channel(connection);
        AnswerGuard guard = new AnswerGuard(connection, channel.remoteAddress(), targets);
        ChannelPipeline pipeline = channel.pipeline();
        // Netty's client codec counts an interim answer as one: after it, it would expect a body in the answer to a
        // HEAD.
        pipeline.addBefore(CODEC, "request-encoder", new HttpRequestEncoder());
        pipeline.replace(CODEC, CODEC, guard.decoder());
        pipeline.addAfter(CODEC, "answer-guard", guard);
        pipeline.addAfter(CODEC, "quiet-watch", new QuietWatch(targets, guard::phase));
        // Each exchange hears of it; without this, the log has it as an error as well.
        connection.exceptionHandler(failure -> LOG.debug("a connection to a target failed", failure));
    }

    /** @throws ClosedChannelException if the connection is closed */
    static AnswerGuard guardOf(HttpConnection connection) throws ClosedChannelException {
        AnswerGuard guard = VertxInternals.channel(connection).pipeline().get(AnswerGuard.class);
        if (guard == null) {
            throw new ClosedChannelException();
        }
        return guard;
    }
}
