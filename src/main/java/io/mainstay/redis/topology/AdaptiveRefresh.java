package io.mainstay.redis.topology;

import io.mainstay.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks something up again and again: seldom by itself, often for a few seconds after somebody asked for a look. One
 * look at a time; who asks meanwhile shares its outcome. Thread-safe.
 *
 * @param <T> what is looked up
 */
final class AdaptiveRefresh<T> implements AutoCloseable {

    private static final long TICK_MS = 50;
    private static final long FREQUENT_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LEAST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long FREQUENT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final EventLoop loop;
    private final Supplier<Future<T>> look;
    private final long seldomGapNanos;
    private final long timer;
    private Future<T> underWay;
    private long lookedAt = System.nanoTime();
    private volatile long foundAt;
    private volatile long frequentUntil = lookedAt;

    /**
     * @param look called on {@code loop}; its future must complete within a bounded time
     * @param seldom between two looks while nobody asks for one
     */
    AdaptiveRefresh(EventLoop loop, Duration seldom, Supplier<Future<T>> look) {
        this.loop = loop;
        this.look = look;
        this.seldomGapNanos = seldom.toNanos();
        this.timer = loop.setPeriodic(TICK_MS, fired -> lookAfter(frequent() ? FREQUENT_GAP_NANOS : seldomGapNanos));
    }

    /** Looks at once, or shares the look under way. The future completes on the event loop. */
    Future<T> now() {
        beFrequent();
        Promise<T> promise = loop.promise();
        loop.execute(() -> look().onComplete(promise));
        return promise.future();
    }

    /** Looks soon; cheap enough to be called a thousand times a second. */
    void soon() {
        beFrequent();
        loop.execute(() -> lookAfter(LEAST_GAP_NANOS));
    }

    /** Whether what was found last may be believed: nobody asked for a look lately, or it was found a moment ago. */
    boolean credible() {
        return !frequent() || System.nanoTime() - foundAt < FREQUENT_GAP_NANOS;
    }

    /** Whether somebody asked for a look lately. */
    boolean frequent() {
        return System.nanoTime() - frequentUntil < 0;
    }

    @Override
    public void close() {
        loop.cancelTimer(timer);
    }

    private void beFrequent() {
        frequentUntil = System.nanoTime() + FREQUENT_NANOS;
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
