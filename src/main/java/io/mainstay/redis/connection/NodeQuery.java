package io.mainstay.redis.connection;

import io.mainstay.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.function.Supplier;

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
        return ask(() -> connector.connect(loop, node), List.of(request), node.toString())
                .map(answers -> answers.get(0));
    }

    public Future<List<Response>> askSentinel(Address address, List<Request> requests) {
        return ask(
                () -> connector.connectToSentinel(loop, address),
                requests,
                address.node().toString());
    }

    private Future<List<Response>> ask(
            Supplier<Future<DedicatedConnection>> connect, List<Request> requests, String node) {
        return connect.get().compose(connection -> {
            Promise<List<Response>> promise = loop.promise();
            long timer = loop.setTimer(
                    timeoutMs, fired -> promise.tryFail(new LinkLostException("no answer of " + node, null)));
            // Told to nobody; a handler that is missing makes the client log.
            connection.exceptionHandler(ignored -> {});
            connection.batch(requests).onComplete(answer -> {
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
