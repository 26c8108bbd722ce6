package io.mainstay.redis.topology;

import io.mainstay.redis.connection.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks something up again and again: seldom while nobody complains, often for a few seconds after somebody did. One
 * look at a time; who asks meanwhile shares its outcome. Thread-safe.
 *
 * @param <T> what is looked up
 */
final class Lookup<T> implements AutoCloseable {

    private static final long TICK_MS = 50;
    private static final long RESTLESS_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LEAST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long RESTLESS_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final EventLoop loop;
    private final Supplier<Future<T>> look;
    private final long calmGapNanos;
    private final long timer;
    private Future<T> underWay;
    private long lookedAt = System.nanoTime();
    private volatile long foundAt;
    private volatile long restlessUntil = lookedAt;

    /**
     * @param look called on {@code loop}; its future must complete within a bounded time
     * @param calm between two looks while nobody complains
     */
    Lookup(EventLoop loop, Duration calm, Supplier<Future<T>> look) {
        this.loop = loop;
        this.look = look;
        this.calmGapNanos = calm.toNanos();
        this.timer = loop.setPeriodic(TICK_MS, fired -> lookAfter(restless() ? RESTLESS_GAP_NANOS : calmGapNanos));
    }

    /** Looks at once, or shares the look under way. The future completes on the event loop. */
    Future<T> now() {
        complain();
        Promise<T> promise = loop.promise();
        loop.execute(() -> look().onComplete(promise));
        return promise.future();
    }

    /** Looks soon; cheap enough to be called a thousand times a second. */
    void soon() {
        complain();
        loop.execute(() -> lookAfter(LEAST_GAP_NANOS));
    }

    /** Whether what was found last may be believed: nobody complained lately, or it was found a moment ago. */
    boolean credible() {
        return !restless() || System.nanoTime() - foundAt < RESTLESS_GAP_NANOS;
    }

    /** Whether somebody complained lately. */
    boolean restless() {
        return System.nanoTime() - restlessUntil < 0;
    }

    @Override
    public void close() {
        loop.cancelTimer(timer);
    }

    private void complain() {
        restlessUntil = System.nanoTime() + RESTLESS_NANOS;
    }

    private void lookAfter(long gap) {
        if (underWay == null && System.nanoTime() - lookedAt > gap) {
            look();
        }
    }

    private Future<T> look() {
        if (underWay == null) {
            Promise<T> promise = loop.promise();
            underWay = promise.future();
            look.get()
                    .onComplete(result -> loop.execute(() -> {
                        lookedAt = System.nanoTime();
                        underWay = null;
                        if (result.succeeded()) {
                            foundAt = lookedAt;
                        }
                        promise.handle(result);
                    }));
            return promise.future();
        }
        return underWay;
    }
}
