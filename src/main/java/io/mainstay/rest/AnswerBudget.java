package io.mainstay.rest;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.LimitReachedException;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds the memory of answers: a read for a caller takes a share for the maximum size, keeps what it actually needs, and
 * returns it when the caller has the answer. Shares are given in the order they were asked for, and end after {@link
 * AnswersConfig#writeTimeout()} whatever happened to the request. Thread-safe.
 */
@Singleton
@Startup
public class AnswerBudget {

    private static final long LEAST = 2L * 1024 * 1024;
    private static final long MOST = 1024L * 1024 * 1024;
    /** Many large answers are written within this time; a caller that must wait longer had better come again. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MOST_WAITING = 1000;

    /** @param context where the caller goes on */
    private record Waiting(long bytes, Context context, UniEmitter<? super Share> emitter) {}

    private final Vertx vertx;
    private final long total;
    private final Duration writeTimeout;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long free;

    AnswerBudget(Vertx vertx, AnswersConfig config) {
        this.vertx = vertx;
        total = config.memory().asLongValue();
        if (total < LEAST || total > MOST) {
            throw new InvalidValueException("mainstay.answers.memory", total, "between 2M and 1G");
        }
        writeTimeout = Bounds.between(
                "mainstay.answers.write-timeout", config.writeTimeout(), Duration.ofSeconds(1), Duration.ofMinutes(10));
        free = total;
    }

    /**
     * Takes a share, when there is one.
     *
     * @param bytes the most the answer may have; more than all there is counts as all there is
     * @return fails with {@link LimitReachedException} if none becomes free within 5 seconds, or too many wait for one
     */
    public Uni<Share> take(long bytes) {
        return Uni.createFrom().emitter(emitter -> {
            Waiting caller = new Waiting(Math.min(bytes, total), vertx.getOrCreateContext(), emitter);
            if (add(caller)) {
                long timer = vertx.setTimer(PATIENCE.toMillis(), fired -> {
                    if (remove(caller)) {
                        emitter.fail(tooManyReads());
                    }
                });
                emitter.onTermination(() -> {
                    vertx.cancelTimer(timer);
                    remove(caller);
                });
                give(caller);
            } else {
                emitter.fail(tooManyReads());
            }
        });
    }

    private static LimitReachedException tooManyReads() {
        return new LimitReachedException(
                "too-many-reads", 503, "the large answers that this instance is writing use all memory for them");
    }

    /**
     * What is taken for an answer of which nobody knows how large it will be. Not all there is: who waits for that keeps all those that
     * come after it waiting until nobody has anything, so one caller that reads slowly would hold up all others.
     */
    public long largest() {
        return total / 2;
    }

    /** Bytes that nobody has. */
    synchronized long free() {
        return free;
    }

    private synchronized boolean add(Waiting caller) {
        return waiting.size() < MOST_WAITING && waiting.add(caller);
    }

    private synchronized boolean remove(Waiting caller) {
        return waiting.remove(caller);
    }

    /**
     * Gives what there is to those who come first.
     *
     * @param asking goes on at once, on this thread; everybody else where they asked, for who gives back has nothing to do with
     *     their reads. Null if nobody asks
     */
    private void give(Waiting asking) {
        for (Waiting caller = next(); caller != null; caller = next()) {
            // Its timer gives it back, should the caller be cancelled in this moment and not hear of it.
            Share share = new Share(caller.bytes);
            UniEmitter<? super Share> emitter = caller.emitter;
            if (caller == asking) {
                emitter.complete(share);
            } else {
                caller.context.runOnContext(ignored -> emitter.complete(share));
            }
        }
    }

    private synchronized Waiting next() {
        if (waiting.isEmpty() || waiting.peek().bytes > free) {
            return null;
        }
        free -= waiting.peek().bytes;
        return waiting.poll();
    }

    private void giveBack(long bytes) {
        synchronized (this) {
            free += bytes;
        }
        give(null);
    }

    /** Bytes that one answer may use. */
    public final class Share {

        private final long timer;
        private long bytes;
        private volatile Runnable overdue = () -> {};

        private Share(long bytes) {
            this.bytes = bytes;
            this.timer = vertx.setTimer(writeTimeout.toMillis(), fired -> {
                overdue.run();
                release();
            });
        }

        /** @param action run if the share is not given back in time */
        public void whenOverdue(Runnable action) {
            overdue = action;
        }

        /** The answer has this many bytes only. */
        public void shrinkTo(long used) {
            long spare;
            synchronized (this) {
                spare = Math.max(0, bytes - used);
                bytes -= spare;
            }
            if (spare > 0) {
                giveBack(spare);
            }
        }

        /** The answer is written, or nobody wants it any more. May be called again. */
        public void release() {
            vertx.cancelTimer(timer);
            shrinkTo(0);
        }
    }
}
