package io.mainstay.redis.connection;

import io.mainstay.vertx.EventLoop;
import io.mainstay.vertx.InTime;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/**
 * Asks one sentinel again and again, on a connection that is kept while it answers. A kept one is trusted little: without an answer
 * for a moment it is given up, and the question goes over a new one. Nor is it kept for long, for behind one address there may
 * be several sentinels, of which this one may be cut off from the others. Confined to its event loop.
 */
public final class SentinelQuery {

    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

    private final EventLoop loop;
    private final Connector connector;
    private final Address address;
    private final long timeoutMs;
    private final long suspectMs;
    private DedicatedConnection kept;
    private long keptSince;
    private boolean closed;

    public SentinelQuery(EventLoop loop, Connector connector, Address address, RedisConfig config) {
        this.loop = loop;
        this.connector = connector;
        this.address = address;
        this.timeoutMs = config.commandTimeout().toMillis();
        this.suspectMs = config.suspectAfter().toMillis();
    }

    /**
     * Takes at most two command time-outs, and a little more if a kept connection was dead.
     *
     * @param afresh whether to ask on a new connection in any case, which is kept then
     */
    public Future<List<Response>> ask(List<Request> requests, boolean afresh) {
        DedicatedConnection known = kept;
        if (known == null || afresh || System.nanoTime() - keptSince > LONGEST_NANOS) {
            return askAfresh(requests);
        }
        return ask(known, requests, suspectMs).recover(failure -> askAfresh(requests));
    }

    /** From now on nothing is kept. */
    public void close() {
        closed = true;
        if (kept != null) {
            drop(kept);
        }
    }

    private Future<List<Response>> askAfresh(List<Request> requests) {
        return connector.connectToSentinel(loop, address).compose(connection -> {
            keep(connection);
            return ask(connection, requests, timeoutMs);
        });
    }

    private Future<List<Response>> ask(DedicatedConnection connection, List<Request> requests, long boundMs) {
        return InTime.answer(
                        loop,
                        boundMs,
                        () -> new LinkLostException("no answer of " + address.node(), null),
                        () -> connection.askFirst(requests))
                .onComplete(answered -> {
                    if (answered.failed() || closed) {
                        drop(connection);
                    }
                });
    }

    private void keep(DedicatedConnection connection) {
        if (kept != null) {
            drop(kept);
        }
        kept = connection;
        keptSince = System.nanoTime();
        connection.endHandler(ended -> loop.execute(() -> drop(connection)));
        // Told to nobody; a handler that is missing makes the client log.
        connection.exceptionHandler(ignored -> {});
    }

    private void drop(DedicatedConnection connection) {
        if (kept == connection) {
            kept = null;
        }
        connection.close();
    }
}
