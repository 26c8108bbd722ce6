package io.mainstay.redis.connection;

import io.mainstay.vertx.EventLoop;
import io.mainstay.vertx.InTime;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** Asks a node something, on a connection made for that. Takes at most two command time-outs. Thread-safe. */
public final class NodeQuery {

    private final EventLoop loop;
    private final Connector connector;
    private final long timeoutMs;

    public NodeQuery(EventLoop loop, Connector connector, RedisConfig config) {
        this.loop = loop;
        this.connector = connector;
        this.timeoutMs = config.commandTimeout().toMillis();
    }

    public Future<Response> ask(Node node, Request request) {
        return connector.connect(loop, node).compose(connection -> {
            // Told to nobody; a handler that is missing makes the client log.
            connection.exceptionHandler(ignored -> {});
            return InTime.answer(
                            loop,
                            timeoutMs,
                            () -> new LinkLostException("no answer of " + node, null),
                            () -> connection.askFirst(request))
                    .onComplete(answered -> connection.close());
        });
    }
}
