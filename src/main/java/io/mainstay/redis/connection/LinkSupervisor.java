package io.mainstay.redis.connection;

import io.mainstay.queue.health.NoticedBy;
import io.mainstay.vertx.EventLoop;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the connection of a link.
 *
 * <p>Approach: it owns a {@link Generation}: one connection object, used by nobody else. A command past its bounds, an
 * error that says "wrong node", or the end of the socket ends the generation: its connection is closed, never reused,
 * everything sent on it fails, and a new connection is made.
 *
 * <p>A late answer makes the connection suspect: a second opinion is asked for by opening the next connection beside it. If
 * that one is answered while the first still owes, Redis is fine and the first connection is not: it is replaced, long
 * before the time-out. If Redis itself is slow, neither is answered and nothing is given up for it. An answer that has
 * begun to come in needs no second opinion: it is given the time-out since its last byte.
 *
 * <p>Every command time-out one of the links to a node, each by turns, asks it for its role, busy or idle, and all do once one of
 * them is suspect: connections whose packets vanish are found out before a job needs them, and so is a master that has become a
 * replica behind the same address.
 *
 * <p>Confined to the link's event loop, but for {@link #current}.
 */
final class LinkSupervisor implements Generation.Owner, Reconnector.Owner {

    /** Told on the event loop. */
    interface Listener {

        /** The connection takes commands. */
        void hasRoom();

        /** @param now of {@link System#nanoTime()} */
        void checked(long now);
    }

    private static final int CHECKS_PER_SUSPICION = 5;
    /** Codes of errors by which a node says that it is no master, or not any more. */
    private static final Set<String> OF_A_REPLICA = Set.of("READONLY", "MASTERDOWN", "UNBLOCKED");

    /** Checks that fail to come until the event loop counts as blocked. */
    private static final int MISSED_CHECKS = 3;
    /** A connection that ends sooner has not proven good: the next try waits, as after a failed one. */
    private static final long PROVEN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop loop;
    private final Reconnector reconnector;
    private final LinkLimits limits;
    private final RoleTurns roleTurns;
    private final LinkStatus status;
    private final Listener listener;
    private final LoopStall stall;
    private volatile Generation current;
    private long roleAskedAt;
    private boolean closed;

    LinkSupervisor(
            EventLoop loop,
            PrimaryConnector connector,
            LinkLimits limits,
            RoleTurns roleTurns,
            LinkStatus status,
            Listener listener) {
        this.loop = loop;
        this.reconnector = new Reconnector(loop, connector, this);
        this.limits = limits;
        this.roleTurns = roleTurns;
        this.status = status;
        this.listener = listener;
        this.stall = new LoopStall(MISSED_CHECKS * TimeUnit.MILLISECONDS.toNanos(checkMs()));
    }

    /** To be called once, on any thread. */
    void start() {
        loop.later(() -> {
            reconnector.connect();
            loop.setPeriodic(checkMs(), this::check);
        });
    }

    /** The connection that is there; null if there is none. Any thread. */
    Generation current() {
        return current;
    }

    void recycle(NoticedBy by, String reason) {
        lose(by, "recycled, " + reason, null);
    }

    void close() {
        closed = true;
        if (current != null) {
            current.end("the link is closed", null);
            current = null;
        }
    }

    @Override
    public void refused(Generation generation, Throwable error) {
        if (RetryDecision.of(error) == RetryDecision.RECONNECT) {
            boolean roleChanged = ErrorReply.of(error)
                    .map(ErrorReply::code)
                    .filter(OF_A_REPLICA::contains)
                    .isPresent();
            lose(
                    roleChanged ? NoticedBy.ROLE_CHANGE : NoticedBy.LINK_LOST,
                    "an answer says so: " + error.getMessage(),
                    error);
        }
    }

    @Override
    public void hasRoom(Generation generation) {
        listener.hasRoom();
    }

    @Override
    public void ended(Generation generation, String why, Throwable cause) {
        lose(NoticedBy.LINK_LOST, cause == null ? why : why + ": " + cause.getMessage(), cause);
    }

    @Override
    public void connected(DedicatedConnection fresh) {
        if (current == null || closed) {
            decide(fresh);
        } else {
            // A moment for the answer that Redis gave before it answered the new connection.
            loop.setTimer(checkMs(), timer -> decide(fresh));
        }
    }

    @Override
    public void connectFailed(int failedTries, Throwable why) {
        if (current == null && !closed) {
            status.connectFailed(failedTries, why);
        }
    }

    @Override
    public boolean wantsConnection() {
        return !closed && (current == null || current.late(System.nanoTime()));
    }

    private void decide(DedicatedConnection fresh) {
        if (wantsConnection()) {
            lose(NoticedBy.PROBE, "a new connection is answered, this one is not", null);
            reconnector.done();
            adopt(fresh);
        } else {
            reconnector.done();
            fresh.close();
        }
    }

    private void adopt(DedicatedConnection fresh) {
        status.verified(reconnector.failedTries());
        current = new Generation(fresh, loop, limits, this);
        roleAskedAt = System.nanoTime();
        listener.hasRoom();
    }

    private void lose(NoticedBy by, String why, Throwable cause) {
        if (current == null) {
            return;
        }
        boolean proven = current.age(System.nanoTime()) > PROVEN_NANOS;
        if (proven) {
            reconnector.proven();
        }
        status.dead(by, why, !proven);
        roleTurns.alarm(System.nanoTime());
        Generation lost = current;
        current = null;
        lost.end(why, cause);
        status.connecting();
        if (reconnector.underWay()) {
            return;
        }
        if (proven) {
            reconnector.connect();
        } else {
            reconnector.connectAfterFailure();
        }
    }

    private void check(long timer) {
        if (closed) {
            loop.cancelTimer(timer);
            return;
        }
        long now = System.nanoTime();
        if (stall.over(now)) {
            return;
        }
        if (current != null) {
            checkCurrent(now);
        }
        listener.checked(now);
    }

    private void checkCurrent(long now) {
        String overdue = current.overdue(now);
        if (overdue != null) {
            lose(NoticedBy.PROBE, overdue, null);
        } else if (current.late(now)) {
            status.suspect();
            roleTurns.alarm(now);
            if (!reconnector.underWay()) {
                reconnector.connect();
            }
        } else {
            status.answered();
            if (roleTurns.isMine(now, roleAskedAt)) {
                askRole(now);
            }
        }
    }

    private void askRole(long now) {
        roleAskedAt = now;
        Generation asked = current;
        PendingCommand role = new PendingCommand(NodeRole.request(), 0);
        role.answer().onSuccess(answer -> {
            if (NodeRole.isReplica(answer) && asked == current) {
                lose(NoticedBy.ROLE_CHANGE, "the node has become a replica", null);
            }
        });
        asked.transmit(role);
    }

    private long checkMs() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(limits.suspicion()) / CHECKS_PER_SUSPICION);
    }
}
