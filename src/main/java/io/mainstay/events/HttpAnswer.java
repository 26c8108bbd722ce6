package io.mainstay.events;

import io.mainstay.vertx.VertxInternals;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * The answer over HTTP that a stream goes out in. What may be in buffers between here and the client is small, so that
 * a client which does not read stops costing anything soon: left to itself, the kernel takes megabytes for each.
 */
final class HttpAnswer implements EventStream.Client {

    private static final int WAITING = 16 * 1024;
    private static final int SEND_BUFFER = 32 * 1024;

    private final HttpServerRequest request;
    private final HttpServerResponse response;

    HttpAnswer(HttpServerRequest request) {
        this.request = request;
        this.response = request.response();
    }

    /** Begins the answer. */
    void begin(Runnable taken) {
        if (request.version() != HttpVersion.HTTP_2) {
            // The connections of HTTP 2 carry other answers, too.
            VertxInternals.channel(request.connection()).config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER);
            response.setChunked(true);
        }
        response.setWriteQueueMaxSize(WAITING)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .drainHandler(ignored -> taken.run());
    }

    @Override
    public boolean full() {
        return response.closed() || response.ended() || response.writeQueueFull();
    }

    @Override
    public void write(Buffer text) {
        response.write(text);
    }

    @Override
    public void end() {
        response.end();
    }

    @Override
    public void disconnect() {
        // Behind Vert.x' back, which would wait until all is written: the client does not read.
        ChannelHandlerContext first =
                VertxInternals.channel(request.connection()).pipeline().firstContext();
        if (first != null) {
            first.close();
        }
    }
}
