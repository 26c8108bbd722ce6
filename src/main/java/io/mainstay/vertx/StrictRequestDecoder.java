package io.mainstay.vertx;

import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.Set;

/**
 * Refuses a request of an unknown version of HTTP, which Vert.x would serve, and answer in that version. Refuses one that
 * gives its length in two ways. Netty would drop one of the two (RFC 9112 §6.1 allows that to a
 * server that closes the connection afterwards, which it does not do), and a proxy before us may have believed the other.
 */
public final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private static final Set<HttpVersion> VERSIONS = Set.of(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1);

    public StrictRequestDecoder(HttpServerOptions options) {
        super(options);
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
