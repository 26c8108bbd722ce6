package io.mainstay.redis;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One connection for commands, always there or on its way back. Commands from any thread are pipelined; each is
 * answered or failed within bounds: the command time-out since the last byte came in, and a third of a lease in all.
 *
 * <p>Approach: the link lives on one event loop and owns a {@link Generation}: one connection object, used by nobody
 * else. A command past its bounds, an error that says "wrong node", or the end of the socket ends the generation: its
 * connection is closed, never reused, everything sent on it fails with {@link LinkLostException} (callers repeat; every
 * script is safe to repeat), and a new connection is made.
 *
 * <p>A late answer makes the connection suspect: the link asks for a second opinion by opening the next connection
 * beside it. If that one is answered while the first still owes, Redis is fine and the first connection is not: it is
 * replaced, long before the time-out. If Redis itself is slow, neither is answered and nothing is given up for it. An
 * answer that has begun to come in needs no second opinion: it is given the time-out since its last byte.
 *
 * <p>Every command time-out the link asks for the node's role, busy or idle: a connection whose packets vanish is found
 * out before a job needs it, and so is a master that has become a replica behind the same address.
 *
 * <p>Rejected: the client's own pool. It hands a dead connection to one caller after the other, each waiting its full
 * time-out, and takes back a connection that just timed out.
 */
final class RedisLink implements Generation.Owner {

    private static final int CHECKS_PER_SUSPICION = 5;
    private static final long FIRST_RECONNECT_MS = 10;
    /** Bounds how long a Redis that is back goes unnoticed, and how many connects an outage costs. */
    private static final long MAX_RECONNECT_MS = 400;
    /** A connection that ends sooner has not proven good: the next try waits, as after a failed one. */
    private static final long PROVEN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ContextInternal context;
    private final Opener opener;
    private final LinkLimits limits;
    private final LinkStatus status;
    private final Queue<Call> waiting = new ArrayDeque<>();
    /** Written on the event loop. */
    private volatile Generation current;
    /** Whether a connection is being made, or the wait before it runs. */
    private boolean opening;

    private int failedTries;
    private long echoedAt;
    private long checkedAt = System.nanoTime();
    private boolean stoodStill;
    private boolean closed;

    /**
     * @param context the event loop it lives on; not one of a request
     * @param where asked for the node before each connect
     */
    RedisLink(
            LinkName name,
            ContextInternal context,
            Supplier<Future<Node>> where,
            Connector connector,
            LinkLimits limits,
            List<ConnectionObserver> observers) {
        this.context = context;
        this.limits = limits;
        this.opener = new Opener(context, where, connector, limits.commandTimeout());
        this.status = new LinkStatus(name, observers);
        context.runOnContext(ignored -> {
            open();
            context.setPeriodic(checkMs(), this::check);
        });
    }

    /** Sends a command; the future completes on the link's event loop. */
    Future<Response> send(Request request) {
        Call call = new Call(request, 0, deadline(), null);
        context.execute(() -> accept(call));
        return call.answer();
    }

    /** Sends commands in a row, on one connection; fails with the first that fails, or all of them if it is lost. */
    Future<List<Response>> sendTogether(List<Request> requests) {
        return sendTogether(requests, Duration.ZERO);
    }

    /** @param patience how long Redis may take on purpose, beyond the command time-out, over the last of them */
    Future<List<Response>> sendTogether(List<Request> requests, Duration patience) {
        Call first = null;
        for (int i = requests.size() - 1; i >= 0; i--) {
            first = new Call(requests.get(i), first == null ? patience.toNanos() : 0, deadline(), first);
        }
        if (first == null) {
            return Future.succeededFuture(List.of());
        }
        Call head = first;
        Promise<List<Response>> promise = Promise.promise();
        Future.all(head.answers()).<List<Response>>map(all -> all.list()).onComplete(promise);
        context.execute(() -> accept(head));
        return promise.future();
    }

    /** The event loop that answers come in on. */
    ContextInternal context() {
        return context;
    }

    LinkState state() {
        return status.state();
    }

    /** Whether something came in lately, so that what is under way may go on coming in. Any thread. */
    boolean receiving() {
        Generation generation = current;
        return generation != null && generation.receiving(System.nanoTime());
    }

    /** Replaces the connection, whatever it looks like. What is under way on it fails and may be repeated. */
    void recycle(String reason) {
        context.execute(() -> lose("recycled, " + reason, null));
    }

    void close() {
        context.execute(() -> {
            if (!closed) {
                status.closed();
            }
            closed = true;
            if (current != null) {
                current.end("the link is closed", null);
                current = null;
            }
            failWaiting(System.nanoTime());
        });
    }

    @Override
    public void refused(Generation generation, Throwable error) {
        if (Remedy.of(error) == Remedy.RECONNECT) {
            lose("an answer says so: " + error.getMessage(), error);
        }
    }

    @Override
    public void hasRoom(Generation generation) {
        while (current != null && !waiting.isEmpty() && !current.full()) {
            current.transmit(waiting.poll());
        }
    }

    @Override
    public void ended(Generation generation, String why, Throwable cause) {
        lose(cause == null ? why : why + ": " + cause.getMessage(), cause);
    }

    private void accept(Call call) {
        if (current != null && waiting.isEmpty() && !current.full()) {
            current.transmit(call);
        } else if (closed || waiting.size() >= limits.waiting()) {
            call.fail(new LinkLostException(closed ? "the link is closed" : "too many calls wait for Redis", null));
        } else {
            waiting.add(call);
        }
    }

    private void open() {
        opening = true;
        if (current == null) {
            status.connecting();
        }
        opener.open()
                .onComplete(result -> context.execute(() -> {
                    if (result.failed()) {
                        openFailed(result.cause());
                    } else if (current == null || closed) {
                        decide(result.result());
                    } else {
                        // A moment for the answer that Redis gave before it answered the new connection.
                        context.setTimer(checkMs(), timer -> decide(result.result()));
                    }
                }));
    }

    private void decide(OwnedConnection fresh) {
        if (closed || current != null && !late(System.nanoTime())) {
            opening = false;
            fresh.close();
        } else {
            lose("a new connection is answered, this one is not", null);
            opening = false;
            adopt(fresh);
        }
    }

    private void openFailed(Throwable why) {
        failedTries++;
        if (current == null && !closed) {
            status.connectFailed(failedTries, why);
        }
        openLater();
    }

    private void openLater() {
        opening = true;
        long ceiling = Math.min(MAX_RECONNECT_MS, FIRST_RECONNECT_MS << Math.min(failedTries, 10));
        context.setTimer(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1), timer -> {
            opening = false;
            if (!closed && (current == null || late(System.nanoTime()))) {
                open();
            }
        });
    }

    private void adopt(OwnedConnection fresh) {
        status.verified(failedTries);
        current = new Generation(fresh, context, limits, this);
        echoedAt = System.nanoTime();
        hasRoom(current);
    }

    private void lose(String why, Throwable cause) {
        if (current == null) {
            return;
        }
        boolean proven = current.age(System.nanoTime()) > PROVEN_NANOS;
        if (proven) {
            failedTries = 0;
        }
        status.dead(why, !proven);
        Generation lost = current;
        current = null;
        lost.end(why, cause);
        status.connecting();
        if (opening) {
            return;
        }
        if (proven) {
            open();
        } else {
            failedTries++;
            openLater();
        }
    }

    private void check(long timer) {
        if (closed) {
            context.owner().cancelTimer(timer);
            return;
        }
        long now = System.nanoTime();
        if (stoodStill(now)) {
            return;
        }
        String overdue = current == null ? null : current.overdue(now);
        if (overdue != null) {
            lose(overdue, null);
        } else if (current != null && late(now)) {
            status.suspect();
            if (!opening) {
                open();
            }
        } else if (current != null) {
            status.answered();
            if (now - echoedAt > limits.silence()) {
                echo(now);
            }
        }
        failWaiting(now);
    }

    /**
     * Whether this event loop was blocked until now: then what came in meanwhile lies unread, as when a service starts, and
     * silence says nothing yet. Not twice on end, for a loop that is always late would never find out.
     */
    private boolean stoodStill(long now) {
        boolean late = !stoodStill && now - checkedAt > 3 * TimeUnit.MILLISECONDS.toNanos(checkMs());
        checkedAt = now;
        stoodStill = late;
        return late;
    }

    private void echo(long now) {
        echoedAt = now;
        Generation asked = current;
        Call role = new Call(Opener.roleRequest(), 0, 0, null);
        role.answer().onSuccess(answer -> {
            if (Opener.isReplica(answer) && asked == current) {
                lose("the node has become a replica", null);
            }
        });
        asked.transmit(role);
    }

    private boolean late(long now) {
        return current.late(now);
    }

    private void failWaiting(long now) {
        while (!waiting.isEmpty() && (closed || waiting.peek().deadline() - now < 0)) {
            waiting.poll().fail(new LinkLostException("Redis is not connected", null));
        }
    }

    private long checkMs() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(limits.suspicion()) / CHECKS_PER_SUSPICION);
    }

    private long deadline() {
        return System.nanoTime() + limits.silence();
    }
}
