package io.mainstay.rest;

import io.mainstay.vertx.StrictRequestDecoder;
import io.mainstay.vertx.VertxInternals;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpServerOptions;
import java.util.function.IntFunction;

/**
 * Puts {@link StrictRequestDecoder} and {@link BareAnswers} into a connection. It stands where the bytes come in and acts
 * with the first of them: by then the server has put its own handlers behind it, on a connection with TLS behind that.
 */
final class ConnectionSetup extends ChannelInboundHandlerAdapter {

    private final HttpServerOptions options;
    private final IntFunction<byte[]> problems;

    ConnectionSetup(HttpServerOptions options, IntFunction<byte[]> problems) {
        this.options = options;
        this.problems = problems;
    }

    /** For the channel that accepts connections: gives each a setup of its own. */
    static ChannelHandler forAccepted(HttpServerOptions options, IntFunction<byte[]> problems) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object accepted) {
                ((Channel) accepted).pipeline().addLast(new ConnectionSetup(options, problems));
                context.fireChannelRead(accepted);
            }
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        ChannelPipeline pipeline = context.pipeline();
        ChannelHandlerContext decoder = VertxInternals.requestDecoder(pipeline);
        ChannelHandlerContext tls = pipeline.context(SslHandler.class);
        if (decoder != null) {
            pipeline.replace(decoder.handler(), decoder.name(), new StrictRequestDecoder(options));
            ChannelHandlerContext encoder = pipeline.context(HttpResponseEncoder.class);
            pipeline.addAfter(encoder.name(), null, new BareAnswers(problems));
        } else if (tls != null && standsBefore(context, tls)) {
            pipeline.addAfter(tls.name(), null, new ConnectionSetup(options, problems));
        }
        if (decoder != null || tls != null) {
            // With TLS before it and no decoder it is HTTP 2, whose framing has one length only.
            pipeline.remove(this);
        }
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
