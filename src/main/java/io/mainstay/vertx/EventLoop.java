package io.mainstay.vertx;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** One thread of Vert.x, and a context on it for what lives there. Thread-safe. */
public interface EventLoop extends Executor {

    /** Runs the task on the loop, at once if called there. */
    @Override
    void execute(Runnable task);

    /** Runs the task on the loop, after what called this. */
    void later(Runnable task);

    /** Runs a task of users now, with context locals of its own; for the loop's thread only. */
    void inOwnContext(Runnable task);

    /** @return to cancel it by */
    long setTimer(long delayMs, Handler<Long> task);

    /** @return to cancel it by */
    long setPeriodic(long delayMs, Handler<Long> task);

    /** @return whether it has not run yet */
    boolean cancelTimer(long id);

    /** Whoever waits for its future is called on the loop. */
    <T> Promise<T> promise();

    /** Runs what may block on another thread, not one of those that handlers block. */
    <T> Future<T> blocking(Callable<T> task);

    /** Whether the caller is on the loop's thread. */
    boolean isCurrent();

    /** The same for all event loops on one thread. */
    Object thread();
}
