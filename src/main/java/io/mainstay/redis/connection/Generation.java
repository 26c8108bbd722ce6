package io.mainstay.redis.connection;

import io.mainstay.vertx.EventLoop;
import io.vertx.core.AsyncResult;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One connection of a link, from when it was found good to its end, and what is under way on it. After its end nothing
 * that comes in on it concerns anybody. Confined to the link's event loop.
 *
 * <p>Bytes that come in are a sign of life, whosever answer they are of: silence is measured since the last of them. One that
 * waits for its answer while others' come in is not cut; but no answer may take longer than {@link LinkLimits#longest}, or a
 * connection that brings a byte now and then would never be replaced.
 */
final class Generation {

    private static final int MAX_IN_FLIGHT = 1024;
    /** Requests up to here reach Redis at once, or not at all. */
    private static final long SMALL_REQUEST = 64 << 10;
    /** What the rest of a larger one may take on its way there before it is silence: half a MiB a second. */
    private static final long NANOS_PER_BYTE = 2_000;

    /** Hears what happens, on the event loop, while the generation lasts. */
    interface Owner {

        /** An answer was an error. */
        void refused(Generation generation, Throwable error);

        /** There is room again for calls. */
        void hasRoom(Generation generation);

        /** The socket ended; {@code cause} may be null. */
        void ended(Generation generation, String why, Throwable cause);
    }

    private final DedicatedConnection connection;
    private final TrafficCounter traffic;
    private final EventLoop loop;
    private final LinkLimits limits;
    private final Owner owner;
    private final long bornAt = System.nanoTime();
    /** In the order Redis answers in. */
    private final Queue<PendingCommand> sent = new ArrayDeque<>();

    /** What Redis may take on purpose over all that is sent; nanoseconds. */
    private long pendingPatience;

    /** Bytes that had come in when the last answer was complete. */
    private long receivedBefore;

    private boolean over;

    Generation(DedicatedConnection connection, EventLoop loop, LinkLimits limits, Owner owner) {
        this.connection = connection;
        this.traffic = connection.traffic();
        this.loop = loop;
        this.limits = limits;
        this.owner = owner;
        connection.endHandler(ignored -> loop.execute(() -> ended("the connection was closed", null)));
        connection.exceptionHandler(error -> loop.execute(() -> ended("the connection failed", error)));
    }

    long age(long now) {
        return now - bornAt;
    }

    boolean full() {
        return sent.size() >= MAX_IN_FLIGHT;
    }

    /** Sends a call and those behind it. */
    void transmit(PendingCommand first) {
        long now = System.nanoTime();
        for (PendingCommand call = first; call != null && !over; call = call.next()) {
            PendingCommand each = call;
            if (sent.isEmpty()) {
                // What came in unasked is no part of an answer.
                receivedBefore = traffic.received();
            }
            // Answers come in order, and a wait begins when the one before it on this connection has ended.
            pendingPatience += each.patience();
            each.sent(now + pendingPatience);
            sent.add(each);
            long sentBefore = traffic.sent();
            connection.send(each.request()).onComplete(answer -> loop.execute(() -> settle(each, answer)));
            takeTime(each, traffic.sent() - sentBefore);
        }
    }

    /** Whether the oldest call has waited for so long, beyond its patience, and nothing came in. Not known in mid-answer. */
    boolean late(long now) {
        return !midAnswer() && silent(limits.suspicion(), now);
    }

    /** Why it is to be given up, if it is. */
    String overdue(long now) {
        if (silent(limits.silence(), now)) {
            return "no answer within " + limits.commandTimeout();
        }
        PendingCommand oldest = sent.peek();
        return oldest != null && now - oldest.since() > limits.longest()
                ? "answers take longer than a third of a lease"
                : null;
    }

    /** Whether something came in lately: what is under way may continue coming in. Any thread. */
    boolean receiving(long now) {
        return now - traffic.receivedAt() < limits.silence();
    }

    /** Closes the connection and fails what is under way. */
    void end(String why, Throwable cause) {
        boolean cut = midAnswer();
        over = true;
        // Told to nobody; a handler that is missing makes the client log.
        connection.endHandler(ignored -> {}).exceptionHandler(ignored -> {});
        connection.close();
        for (PendingCommand call = sent.poll(); call != null; call = sent.poll()) {
            call.fail(new LinkLostException(why, cause, cut));
            cut = false;
        }
    }

    private boolean silent(long nanos, long now) {
        PendingCommand oldest = sent.peek();
        return oldest != null && now - oldest.since() > nanos && now - traffic.receivedAt() > nanos;
    }

    /** Whether a part of the oldest call's answer is here. */
    private boolean midAnswer() {
        return !sent.isEmpty() && traffic.received() > receivedBefore;
    }

    private void takeTime(PendingCommand call, long bytes) {
        if (bytes > SMALL_REQUEST && !call.answered()) {
            long nanos = (bytes - SMALL_REQUEST) * NANOS_PER_BYTE;
            pendingPatience += nanos;
            call.takeTime(nanos);
        }
    }

    private void settle(PendingCommand call, AsyncResult<Response> answer) {
        if (over) {
            return;
        }
        if (answer.failed() && ErrorReply.has(answer.cause(), ErrorReply.CONNECTION_CLOSED)) {
            // Whichever call it is told of: one that is sent just now hears of it before the oldest does.
            ended("the connection was closed", null);
            return;
        }
        call.finish(answer);
        receivedBefore = traffic.received();
        while (!sent.isEmpty() && sent.peek().answered()) {
            pendingPatience -= sent.poll().patience();
        }
        if (answer.failed()) {
            owner.refused(this, answer.cause());
        }
        if (!over) {
            owner.hasRoom(this);
        }
    }

    private void ended(String why, Throwable cause) {
        if (!over) {
            owner.ended(this, why, cause);
        }
    }
}
