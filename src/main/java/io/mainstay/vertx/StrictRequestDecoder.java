package io.mainstay.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.Set;

/**
 * Refuses a request of an unknown version of HTTP, which Vert.x would serve, and answer in that version. Refuses one that
 * gives its length in two ways. Netty would drop one of the two (RFC 9112 §6.1 allows that to a
 * server that closes the connection afterwards, which it does not do), and a proxy before us may have believed the other.
 * Gives the heads of requests a time in which they must come; one that comes in one piece, as nearly all do, costs no timer.
 */
public final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private static final Set<HttpVersion> VERSIONS = Set.of(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1);

    private final HeadTimer timer;
    private boolean inBody;
    /** Bytes of a head that is not complete. */
    private boolean inHead;

    /** @param timer runs already for the first head */
    public StrictRequestDecoder(HttpServerOptions options, HeadTimer timer) {
        super(options);
        this.timer = timer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        inHead |= !inBody && bytes instanceof ByteBuf;
        super.channelRead(context, bytes);
        if (inHead) {
            timer.begin(context);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        // What is left of a read, behind the end of a request, begins the next one.
        inHead |= !inBody && in.isReadable();
        int before = out.size();
        super.decode(context, in, out);
        for (int i = before; i < out.size(); i++) {
            if (out.get(i) instanceof HttpRequest) {
                inHead = false;
                inBody = true;
                timer.end();
            }
            if (out.get(i) instanceof LastHttpContent) {
                inBody = false;
            }
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        // The connection is closed, or is one of another protocol from now on.
        timer.end();
        super.handlerRemoved0(context);
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        HttpMessage message = super.createMessage(initialLine);
        if (!VERSIONS.contains(message.protocolVersion())) {
            throw new IllegalArgumentException("an unknown version of HTTP");
        }
        return message;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
