package io.mainstay.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * One connection for commands, always there or on its way back. Commands from any thread are pipelined; each is
 * answered or failed within its deadline.
 *
 * <p>Approach: the link lives on one event loop and owns a <i>generation</i>: one connection object, used by nobody
 * else. A command past its deadline, an error that says "wrong node", or the end of the socket ends the generation:
 * its connection is closed, never reused, everything sent on it fails with {@link LinkLostException} (callers repeat;
 * every script is safe to repeat), and a new connection is made. An idle link pings, so that a connection whose packets
 * vanish is found out by the ping and not by the next job.
 *
 * <p>Rejected: the client's own pool. It hands a dead connection to one caller after the other, each waiting its full
 * time-out, and takes back a connection that just timed out.
 */
final class RedisLink {

    private static final Logger LOG = Logger.getLogger(RedisLink.class);
    private static final int CHECKS_PER_TIMEOUT = 15;
    private static final long MAX_RECONNECT_MS = 500;
    private static final int MAX_IN_FLIGHT = 1024;

    private record Call(Request request, Promise<Response> promise, long deadline) {}

    private final ContextInternal context;
    private final Redis redis;
    private final RedisConfig config;
    private final LongSupplier nanoTime = System::nanoTime;
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final Queue<Call> sent = new ArrayDeque<>();
    private RedisConnection connection;
    private int generation;
    private int failedConnects;
    private long lastSent;
    private boolean closed;

    /** @param context the event loop it lives on; not one of a request */
    RedisLink(ContextInternal context, Redis redis, RedisConfig config) {
        this.context = context;
        this.redis = redis;
        this.config = config;
        context.runOnContext(ignored -> {
            connect();
            context.setPeriodic(config.commandTimeout().toMillis() / CHECKS_PER_TIMEOUT, timer -> check(timer));
        });
    }

    /** Sends a command; the future completes on the link's event loop. */
    Future<Response> send(Request request) {
        Promise<Response> promise = Promise.promise();
        context.execute(() -> accept(new Call(request, promise, deadline())));
        return promise.future();
    }

    /** The event loop that answers come in on. */
    ContextInternal context() {
        return context;
    }

    void close() {
        context.execute(() -> {
            closed = true;
            if (connection != null) {
                abandon(new LinkLostException("the service stops", null));
            }
            failWaiting(nanoTime.getAsLong());
        });
    }

    private void accept(Call call) {
        if (connection != null && sent.size() < MAX_IN_FLIGHT) {
            transmit(call);
        } else if (closed || waiting.size() >= config.maxWaiting()) {
            call.promise.fail(
                    new LinkLostException(closed ? "the service stops" : "too many calls wait for Redis", null));
        } else {
            waiting.add(call);
        }
    }

    private void transmit(Call call) {
        int sentIn = generation;
        lastSent = nanoTime.getAsLong();
        sent.add(call);
        connection.send(call.request).onComplete(answer -> context.execute(() -> settle(call, answer, sentIn)));
    }

    private void settle(Call call, AsyncResult<Response> answer, int sentIn) {
        if (answer.succeeded()) {
            call.promise.tryComplete(answer.result());
        } else {
            call.promise.tryFail(answer.cause());
            if (Remedy.of(answer.cause()) == Remedy.RECONNECT && sentIn == generation) {
                lose("an answer says so: " + answer.cause().getMessage(), answer.cause());
            }
        }
        while (!sent.isEmpty() && sent.peek().promise.future().isComplete()) {
            sent.poll();
        }
        while (connection != null && !waiting.isEmpty() && sent.size() < MAX_IN_FLIGHT) {
            transmit(waiting.poll());
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        int attempt = ++generation;
        long timer = context.setTimer(config.commandTimeout().toMillis(), ignored -> {
            if (attempt == generation && connection == null) {
                connectFailed("no connection in time", null);
            }
        });
        newConnection()
                .onComplete(result -> context.execute(() -> {
                    context.owner().cancelTimer(timer);
                    if (attempt != generation || closed) {
                        if (result.succeeded()) {
                            discard(result.result());
                        }
                    } else if (result.succeeded()) {
                        connected(result.result(), attempt);
                    } else {
                        connectFailed("connecting failed: " + result.cause().getMessage(), result.cause());
                    }
                }));
    }

    /** Makes a connection that lives on the link's own event loop, which the client takes from its caller. */
    private Future<RedisConnection> newConnection() {
        Promise<RedisConnection> promise = Promise.promise();
        context.runOnContext(ignored -> {
            try {
                redis.connect().onComplete(promise);
            } catch (RuntimeException e) {
                // The client is gone: the application is shutting down, and the link is about to be told.
                promise.fail(e);
            }
        });
        return promise.future();
    }

    private void connected(RedisConnection fresh, int attempt) {
        if (failedConnects > 0 || attempt > 1) {
            LOG.infof("Redis link is back (connection %d)", attempt);
        }
        failedConnects = 0;
        connection = fresh;
        fresh.endHandler(ignored -> context.execute(() -> loseIf(attempt, "the connection was closed", null)));
        fresh.exceptionHandler(error -> context.execute(() -> loseIf(attempt, "the connection failed", error)));
        while (connection != null && !waiting.isEmpty() && sent.size() < MAX_IN_FLIGHT) {
            transmit(waiting.poll());
        }
    }

    private void connectFailed(String why, Throwable cause) {
        long ceiling = Math.min(MAX_RECONNECT_MS, 10L << Math.min(failedConnects, 10));
        long wait = ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1);
        if (failedConnects++ == 0) {
            LOG.warnf(cause, "Redis link is down: %s; trying again until it is up", why);
        }
        generation++;
        context.setTimer(Math.max(1, wait), ignored -> connect());
    }

    private void loseIf(int of, String why, Throwable cause) {
        if (of == generation) {
            lose(why, cause);
        }
    }

    private void lose(String why, Throwable cause) {
        if (connection == null) {
            return;
        }
        LOG.warnf("Redis link lost (connection %d): %s; connecting anew", generation, why);
        abandon(new LinkLostException(why, cause));
        connect();
    }

    /** Ends the generation: whatever still comes in on its connection concerns nobody. */
    private void abandon(LinkLostException why) {
        discard(connection);
        connection = null;
        generation++;
        for (Call call = sent.poll(); call != null; call = sent.poll()) {
            call.promise.tryFail(why);
        }
    }

    private void check(long timer) {
        if (closed) {
            context.owner().cancelTimer(timer);
            return;
        }
        long now = nanoTime.getAsLong();
        Call oldest = sent.peek();
        if (oldest != null && oldest.deadline - now < 0) {
            lose("no answer within " + config.commandTimeout(), null);
        } else if (connection != null
                && sent.isEmpty()
                && now - lastSent > config.commandTimeout().toNanos()) {
            transmit(new Call(Request.cmd(Command.PING), Promise.promise(), deadline()));
        }
        failWaiting(now);
    }

    private void failWaiting(long now) {
        while (!waiting.isEmpty() && (closed || waiting.peek().deadline - now < 0)) {
            waiting.poll().promise.tryFail(new LinkLostException("Redis is not connected", null));
        }
    }

    private long deadline() {
        return nanoTime.getAsLong()
                + TimeUnit.MILLISECONDS.toNanos(config.commandTimeout().toMillis());
    }

    /**
     * Closes a connection for good. The pool would keep it, with answers still to come that the next user would take
     * for its own, unless it has been used for pub/sub. So it is made to look like that, and closed only when that has
     * been noticed: the command is handled on the connection's own loop, which a close from here would overtake.
     */
    private void discard(RedisConnection dead) {
        dead.handler(ignored -> {})
                .endHandler(ignored -> {})
                .exceptionHandler(error -> LOG.debug("An abandoned connection failed", error));
        Promise<Void> noticed = Promise.promise();
        dead.send(Request.cmd(Command.UNSUBSCRIBE)).onComplete(sent -> noticed.tryComplete());
        // A socket that takes no more bytes tells nothing either.
        context.setTimer(config.commandTimeout().toMillis(), timer -> noticed.tryComplete());
        noticed.future().onComplete(ignored -> dead.close());
    }
}
