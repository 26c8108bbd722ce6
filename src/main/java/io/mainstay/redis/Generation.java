package io.mainstay.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One connection of a link, from when it was found good to its end, and what is under way on it. After its end nothing
 * that comes in on it concerns anybody. Confined to the link's event loop.
 */
final class Generation {

    private static final int MAX_IN_FLIGHT = 1024;

    /** Hears what happens, on the event loop, while the generation lasts. */
    interface Owner {

        /** An answer was an error. */
        void refused(Generation generation, Throwable error);

        /** There is room again for calls. */
        void hasRoom(Generation generation);

        /** The socket ended; {@code cause} may be null. */
        void ended(Generation generation, String why, Throwable cause);
    }

    private final RedisConnection connection;
    private final ContextInternal context;
    private final long answerNanos;
    private final Owner owner;
    private final long bornAt = System.nanoTime();
    /** In the order Redis answers in. */
    private final Queue<Call> sent = new ArrayDeque<>();

    /** What Redis may take on purpose over all that is sent; nanoseconds. */
    private long pendingPatience;

    private boolean over;

    /** @param answerNanos how long one answer may take */
    Generation(RedisConnection connection, ContextInternal context, long answerNanos, Owner owner) {
        this.connection = connection;
        this.context = context;
        this.answerNanos = answerNanos;
        this.owner = owner;
        connection.endHandler(ignored -> context.execute(() -> ended("the connection was closed", null)));
        connection.exceptionHandler(error -> context.execute(() -> ended("the connection failed", error)));
    }

    long age(long now) {
        return now - bornAt;
    }

    boolean full() {
        return sent.size() >= MAX_IN_FLIGHT;
    }

    /** Sends a call and those behind it. */
    void transmit(Call first) {
        long now = System.nanoTime();
        for (Call call = first; call != null; call = call.next()) {
            Call each = call;
            // Answers come in order, and a wait begins when the one before it on this connection has ended.
            pendingPatience += each.patience();
            each.sent(now + answerNanos + pendingPatience);
            sent.add(each);
            connection.send(each.request()).onComplete(answer -> context.execute(() -> settle(each, answer)));
        }
    }

    /** Whether the oldest call has waited for an answer for that long, beyond its patience. */
    boolean owesFor(long nanos, long now) {
        Call oldest = sent.peek();
        return oldest != null && oldest.deadline() - answerNanos + nanos - now < 0;
    }

    /** Closes the connection and fails what is under way. */
    void end(LinkLostException why) {
        over = true;
        // Told to nobody; a handler that is missing makes the client log.
        connection.endHandler(ignored -> {}).exceptionHandler(ignored -> {});
        connection.close();
        for (Call call = sent.poll(); call != null; call = sent.poll()) {
            call.fail(why);
        }
    }

    private void settle(Call call, AsyncResult<Response> answer) {
        if (over) {
            return;
        }
        call.finish(answer);
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
