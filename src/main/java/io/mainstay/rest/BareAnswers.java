package io.mainstay.rest;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;

/**
 * Makes whole what the server and Quarkus answer by themselves, before any code of ours is asked: a status of 400 or more that says
 * nothing else gets a problem; who sent what is no HTTP hears that the connection ends with the answer, and gets one also
 * where only the body breaks off. Answers come in the order of their requests.
 */
final class BareAnswers extends ChannelDuplexHandler {

    private static final int ERROR = 400;

    private final IntFunction<byte[]> problems;
    private final Deque<Asked> open = new ArrayDeque<>();

    /**
     * A request that is not answered yet.
     *
     * @param head its answer has no body
     * @param last no other can be read after it
     */
    private record Asked(boolean head, boolean last) {

        static final Asked UNKNOWN = new Asked(false, false);

        static Asked of(HttpRequest request) {
            return new Asked(
                    request.method().equals(HttpMethod.HEAD),
                    request.decoderResult().isFailure());
        }
    }

    /** @param problems by status, as JSON */
    BareAnswers(IntFunction<byte[]> problems) {
        this.problems = problems;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            open.add(Asked.of(request));
        } else if (message instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            // The server closes the connection now, without a word, and with it loses what is written but not sent.
            context.flush();
            if (open.size() == 1) {
                content.release();
                context.writeAndFlush(answerTo(open.poll(), malformed())).addListener(ChannelFutureListener.CLOSE);
                return;
            }
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean answer = message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
        Asked asked = answer && !open.isEmpty() ? open.poll() : Asked.UNKNOWN;
        context.write(answer ? answerTo(asked, (HttpResponse) message) : message, promise);
    }

    private HttpResponse answerTo(Asked asked, HttpResponse response) {
        boolean bare = !asked.head
                && response instanceof FullHttpResponse full
                && response.status().code() >= ERROR
                && !full.content().isReadable()
                && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE);
        HttpResponse whole = bare ? withProblem((FullHttpResponse) response) : response;
        if (asked.last) {
            whole.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return whole;
    }

    private static FullHttpResponse malformed() {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    private FullHttpResponse withProblem(FullHttpResponse bare) {
        byte[] problem = problems.apply(bare.status().code());
        FullHttpResponse response =
                new DefaultFullHttpResponse(bare.protocolVersion(), bare.status(), Unpooled.wrappedBuffer(problem));
        response.headers()
                .add(bare.headers())
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, problem.length);
        bare.release();
        return response;
    }
}
