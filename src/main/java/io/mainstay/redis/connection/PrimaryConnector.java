package io.mainstay.redis.connection;

import io.mainstay.redis.connection.fault.SettingNames;
import io.mainstay.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Supplier;

/** Makes verified connections: where the node is gets asked again, and the node must say that it is a master. */
final class PrimaryConnector {

    private final EventLoop loop;
    private final Supplier<Future<Node>> where;
    private final Connector connector;
    private final long timeoutMs;

    PrimaryConnector(EventLoop loop, Supplier<Future<Node>> where, Connector connector, Duration timeout) {
        this.loop = loop;
        this.where = where;
        this.connector = connector;
        this.timeoutMs = timeout.toMillis();
    }

    /** Takes at most three time-outs: for the address, the connection, the role. Fails on the event loop, too. */
    Future<DedicatedConnection> connect() {
        return within(whereNow(), "the address of Redis is not known")
                .compose(node -> connector.connect(loop, node).compose(connection -> verified(connection, node)));
    }

    private Future<Node> whereNow() {
        try {
            return where.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<DedicatedConnection> verified(DedicatedConnection connection, Node node) {
        // Ends before its time? Then sending fails.
        connection.exceptionHandler(ignored -> {});
        return within(connection.askFirst(NodeRole.request()), "no answer to ROLE")
                // Who may not ask learns it from READONLY.
                .recover(RetryDecision::unlessForbidden)
                .compose(role -> NodeRole.isSentinel(role)
                        ? Future.failedFuture(sentinel(node))
                        : NodeRole.isReplica(role)
                                ? Future.failedFuture(replica(node))
                                : Future.succeededFuture(connection))
                .onFailure(ignored -> connection.close());
    }

    private LinkLostException sentinel(Node node) {
        SettingNames names = connector.names();
        return new MisconfiguredException(
                "%s is a sentinel, not a Redis server; set %s=sentinel".formatted(node, names.clientType()), null);
    }

    /** Where others say who the primary is, they soon say another. */
    private LinkLostException replica(Node node) {
        return connector.toOneAddress()
                ? new MisconfiguredException(
                        "%s is a replica and accepts no writes; name the primary in %s, unless a failover is in progress"
                                .formatted(node, connector.names().hosts()),
                        null)
                : new LinkLostException(node + " is a replica", null);
    }

    private <T> Future<T> within(Future<T> asked, String late) {
        Promise<T> promise = loop.promise();
        long timer = loop.setTimer(timeoutMs, ignored -> promise.tryFail(new LinkLostException(late, null)));
        asked.onComplete(result -> {
            loop.cancelTimer(timer);
            if (result.succeeded()) {
                promise.tryComplete(result.result());
            } else {
                promise.tryFail(result.cause());
            }
        });
        return promise.future();
    }
}
