package io.mainstay.redis.connection;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkState;
import io.mainstay.queue.health.NoticedBy;
import io.mainstay.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/**
 * One connection for commands, always there or on its way back. Commands from any thread are pipelined; each is
 * answered or failed within bounds: the command time-out since the last byte came in, and a third of a lease in all.
 *
 * <p>The link lives on one event loop. {@link LinkSupervisor} keeps the connection; here commands wait for it. What fails
 * because a connection is lost fails with {@link LinkLostException}: callers repeat; every script is safe to repeat.
 *
 * <p>Rejected: the client's own pool. It hands a dead connection to one caller after the other, each waiting its full
 * time-out, and takes back a connection that just timed out.
 */
public final class RedisLink {

    private final EventLoop loop;
    private final LinkLimits limits;
    private final LinkStatus status;
    private final LinkSupervisor supervisor;
    private final WaitingCommands waiting;
    private final RoleTurns roleTurns;
    private boolean closed;

    /**
     * @param loop the event loop it lives on; not one of a request
     * @param target where it leads
     */
    RedisLink(
            LinkName name,
            EventLoop loop,
            LinkTarget target,
            Connector connector,
            LinkLimits limits,
            List<ConnectionObserver> observers) {
        this.loop = loop;
        this.limits = limits;
        this.roleTurns = target.roleTurns();
        roleTurns.join();
        this.status = new LinkStatus(name, observers);
        this.waiting = new WaitingCommands(limits.waiting());
        PrimaryConnector primary = new PrimaryConnector(loop, target.where(), connector, limits.commandTimeout());
        this.supervisor = new LinkSupervisor(loop, primary, limits, roleTurns, status, new LinkSupervisor.Listener() {
            @Override
            public void hasRoom() {
                sendWaiting();
            }

            @Override
            public void checked(long now) {
                waiting.failOverdue(now);
            }
        });
        supervisor.start();
    }

    /** Sends a command; the future completes on the link's event loop. */
    public Future<Response> send(Request request) {
        PendingCommand call = new PendingCommand(request, deadline());
        loop.execute(() -> accept(call));
        return call.answer();
    }

    /** Sends commands in a row, on one connection; fails with the first that fails, or all of them if it is lost. */
    public Future<List<Response>> sendTogether(List<Request> requests) {
        return sendTogether(requests, Duration.ZERO);
    }

    /** @param patience how long Redis may take on purpose, beyond the command time-out, over the last of them */
    public Future<List<Response>> sendTogether(List<Request> requests, Duration patience) {
        if (requests.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        PendingCommand first = PendingCommand.inARow(requests, patience.toNanos(), deadline());
        Promise<List<Response>> promise = Promise.promise();
        Future.all(first.answers()).<List<Response>>map(all -> all.list()).onComplete(promise);
        loop.execute(() -> accept(first));
        return promise.future();
    }

    /** The event loop that answers come in on. */
    EventLoop loop() {
        return loop;
    }

    LinkState state() {
        return status.state();
    }

    /** Whether something came in lately, so that what is under way may continue coming in. Any thread. */
    boolean receiving() {
        Generation generation = supervisor.current();
        return generation != null && generation.receiving(System.nanoTime());
    }

    /** Replaces the connection, whatever it looks like. What is under way on it fails and may be repeated. */
    void recycle(NoticedBy by, String reason) {
        loop.execute(() -> supervisor.recycle(by, reason));
    }

    void close() {
        loop.execute(() -> {
            if (!closed) {
                status.closed();
                roleTurns.leave();
            }
            closed = true;
            supervisor.close();
            waiting.failAll();
        });
    }

    private void accept(PendingCommand call) {
        Generation current = supervisor.current();
        if (current != null && waiting.isEmpty() && !current.full()) {
            current.transmit(call);
        } else if (closed) {
            call.fail(new LinkLostException("the link is closed", null));
        } else {
            waiting.add(call);
        }
    }

    /** A connection may end while this sends on it. */
    private void sendWaiting() {
        Generation current = supervisor.current();
        while (current != null && !waiting.isEmpty() && !current.full()) {
            current.transmit(waiting.poll());
            current = supervisor.current();
        }
    }

    private long deadline() {
        return System.nanoTime() + limits.silence();
    }
}
