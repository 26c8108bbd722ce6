package io.mainstay.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.List;

/**
 * Reads the answers on one connection, and shows its guard the bytes that are of none: half a head that nobody asked for would
 * else wait here and be taken for the beginning of the next answer.
 */
final class AnswerDecoder extends HttpResponseDecoder {

    private final AnswerGuard guard;
    private boolean toHead;

    AnswerDecoder(AnswerGuard guard) {
        super(new HttpDecoderConfig().setAllowDuplicateContentLengths(false));
        this.guard = guard;
    }

    /** What comes next answers a request of this method. */
    void begin(HttpMethod method) {
        toHead = HttpMethod.HEAD.equals(method);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
        if (guard.expectsAnswer()) {
            super.decode(ctx, buffer, out);
        } else {
            buffer.skipBytes(buffer.readableBytes());
            guard.unexpected();
        }
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return toHead || super.isContentAlwaysEmpty(message);
    }

    /** Where such an answer ends can be read in two ways (RFC 9112, 6.3). */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("it has both Content-Length and Transfer-Encoding");
    }
}
