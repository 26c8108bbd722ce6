package io.mainstay.vertx;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Refuses a request that gives its length in two ways. Netty would drop one of the two (RFC 9112 §6.1 allows that to a
 * server that closes the connection afterwards, which it does not do), and a proxy before us may have believed the other.
 */
public final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    public StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
