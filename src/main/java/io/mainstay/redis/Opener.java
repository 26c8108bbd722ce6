package io.mainstay.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.function.Supplier;

/** Makes verified connections: where the node is gets asked anew, and the node must say that it is a master. */
final class Opener {

    private final ContextInternal context;
    private final Supplier<Future<Node>> where;
    private final Connector connector;
    private final long timeoutMs;

    Opener(ContextInternal context, Supplier<Future<Node>> where, Connector connector, Duration timeout) {
        this.context = context;
        this.where = where;
        this.connector = connector;
        this.timeoutMs = timeout.toMillis();
    }

    /** Takes at most three time-outs: for the address, the connection, the role. Fails on the event loop, too. */
    Future<OwnedConnection> open() {
        return within(whereNow(), "nobody says where Redis is")
                .compose(node -> connector.connect(context, node).compose(connection -> verified(connection, node)));
    }

    /** What a master is asked to know that it still is one, and that the connection is. */
    static Request roleRequest() {
        return Request.cmd(Command.ROLE);
    }

    static boolean isReplica(Response role) {
        return role != null && role.size() > 0 && !"master".equals(role.get(0).toString());
    }

    private Future<Node> whereNow() {
        try {
            return where.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<OwnedConnection> verified(OwnedConnection connection, Node node) {
        // Ends before its time? Then sending fails.
        connection.exceptionHandler(ignored -> {});
        return within(connection.send(roleRequest()), "no answer to ROLE")
                .recover(Opener::unlessForbidden)
                .compose(role -> isReplica(role)
                        ? Future.<OwnedConnection>failedFuture(new LinkLostException(node + " is a replica", null))
                        : Future.succeededFuture(connection))
                .onFailure(ignored -> connection.close());
    }

    /** Who may not ask, or finds a Redis-like that knows no roles, learns it from READONLY. */
    static Future<Response> unlessForbidden(Throwable error) {
        Remedy remedy = Remedy.of(error);
        return remedy == Remedy.TELL_CALLER || remedy == Remedy.STOP
                ? Future.succeededFuture()
                : Future.failedFuture(error);
    }

    private <T> Future<T> within(Future<T> asked, String late) {
        Promise<T> promise = context.promise();
        long timer = context.setTimer(timeoutMs, ignored -> promise.tryFail(new LinkLostException(late, null)));
        asked.onComplete(result -> {
            context.owner().cancelTimer(timer);
            if (result.succeeded()) {
                promise.tryComplete(result.result());
            } else {
                promise.tryFail(result.cause());
            }
        });
        return promise.future();
    }
}
