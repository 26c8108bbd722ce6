package io.mainstay.redis.connection;

import io.mainstay.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
            Promise<Response> promise = loop.promise();
            long timer = loop.setTimer(
                    timeoutMs, fired -> promise.tryFail(new LinkLostException("no answer of " + node, null)));
            // Told to nobody; a handler that is missing makes the client log.
            connection.exceptionHandler(ignored -> {});
            connection.askFirst(request).onComplete(answer -> {
                if (answer.succeeded()) {
                    promise.tryComplete(answer.result());
                } else {
                    promise.tryFail(answer.cause());
                }
            });
            return promise.future().onComplete(answered -> {
                loop.cancelTimer(timer);
                connection.close();
            });
        });
    }
}
