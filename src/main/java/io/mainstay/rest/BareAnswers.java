package io.mainstay.rest;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.IntFunction;

/**
 * Gives a problem to answers that say nothing but a status of 400 or more: what the server and Quarkus answer by
 * themselves, before any code of ours is asked.
 */
final class BareAnswers extends ChannelDuplexHandler {

    private static final int ERROR = 400;

    private final IntFunction<byte[]> problems;
    private boolean head;

    /** @param problems by status, as JSON */
    BareAnswers(IntFunction<byte[]> problems) {
        this.problems = problems;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        // Its answer has no body. Which answer that is cannot be told here, so none gets one from then on.
        head |= message instanceof HttpRequest request && request.method().equals(HttpMethod.HEAD);
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean bare = !head
                && message instanceof FullHttpResponse response
                && response.status().code() >= ERROR
                && !response.content().isReadable()
                && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE);
        context.write(bare ? withProblem((FullHttpResponse) message) : message, promise);
    }

    private FullHttpResponse withProblem(FullHttpResponse bare) {
        byte[] problem = problems.apply(bare.status().code());
        FullHttpResponse response =
                new DefaultFullHttpResponse(bare.protocolVersion(), bare.status(), Unpooled.wrappedBuffer(problem));
        response.headers()
                .add(bare.headers())
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, problem.length);
        ResponseHeaders.addTo(response.headers());
        bare.release();
        return response;
    }
}
