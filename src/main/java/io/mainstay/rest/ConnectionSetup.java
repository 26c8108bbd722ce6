package io.mainstay.rest;

import io.mainstay.vertx.HeadTimer;
import io.mainstay.vertx.StrictRequestDecoder;
import io.mainstay.vertx.VertxInternals;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.function.IntFunction;

/**
 * Puts {@link StrictRequestDecoder} and {@link BareAnswers} into a connection, and begins the time for its first request. It stands where the bytes come in and acts
 * with the first of them: by then the server has put its own handlers behind it, on a connection with TLS behind that.
 */
final class ConnectionSetup extends ChannelInboundHandlerAdapter {

    private final Rules rules;
    private final HeadTimer timer;

    /**
     * What connections are held to.
     *
     * @param headTimeout in which the head of a request must come
     * @param problems what bare answers say, by their status
     */
    record Rules(HttpServerOptions options, Duration headTimeout, IntFunction<byte[]> problems) {}

    private ConnectionSetup(Rules rules, HeadTimer timer) {
        this.rules = rules;
        this.timer = timer;
    }

    /** For the channel that accepts connections: gives each a setup of its own. */
    static ChannelHandler forAccepted(Rules rules) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object accepted) {
                HeadTimer timer = new HeadTimer(rules.headTimeout());
                ((Channel) accepted).pipeline().addLast(new ConnectionSetup(rules, timer));
                context.fireChannelRead(accepted);
            }
        };
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer.begin(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        timer.end();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        ChannelPipeline pipeline = context.pipeline();
        ChannelHandlerContext decoder = VertxInternals.requestDecoder(pipeline);
        ChannelHandlerContext tls = pipeline.context(SslHandler.class);
        if (decoder != null) {
            pipeline.replace(decoder.handler(), decoder.name(), new StrictRequestDecoder(rules.options(), timer));
            ChannelHandlerContext encoder = pipeline.context(HttpResponseEncoder.class);
            pipeline.addAfter(encoder.name(), null, new BareAnswers(rules.problems()));
        } else if (tls != null && standsBefore(context, tls)) {
            pipeline.addAfter(tls.name(), null, new ConnectionSetup(rules, timer));
        } else if (tls != null || pipeline.context(AbstractSniHandler.class) == null) {
            // HTTP 2, whose framing has one length only. Or the server of probes and metrics, which nobody can keep
            // from looking for HTTP 2
            // in the first bytes: only the time until these is bounded there.
            timer.end();
        } else {
            // TLS begins with the name that is asked for.
            context.fireChannelRead(bytes);
            return;
        }
        pipeline.remove(this);
        context.fireChannelRead(bytes);
    }

    private static boolean standsBefore(ChannelHandlerContext first, ChannelHandlerContext second) {
        for (String name : first.pipeline().names()) {
            if (name.equals(first.name())) {
                return true;
            }
            if (name.equals(second.name())) {
                return false;
            }
        }
        return false;
    }
}
