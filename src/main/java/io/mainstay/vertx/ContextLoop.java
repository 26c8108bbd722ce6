package io.mainstay.vertx;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import java.util.concurrent.Callable;

/** An event loop that is a context of Vert.x. */
record ContextLoop(ContextInternal context) implements EventLoop {

    @Override
    public void execute(Runnable task) {
        context.execute(task);
    }

    @Override
    public void later(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    @Override
    public void inOwnContext(Runnable task) {
        context.duplicate().dispatch(task);
    }

    @Override
    public long setTimer(long delayMs, Handler<Long> task) {
        return context.setTimer(delayMs, task);
    }

    @Override
    public long setPeriodic(long delayMs, Handler<Long> task) {
        return context.setPeriodic(delayMs, task);
    }

    @Override
    public boolean cancelTimer(long id) {
        return context.owner().cancelTimer(id);
    }

    @Override
    public <T> Promise<T> promise() {
        return context.promise();
    }

    @Override
    public <T> Future<T> blocking(Callable<T> task) {
        return context.executeBlockingInternal(task, false);
    }

    @Override
    public boolean isCurrent() {
        return context.inThread();
    }

    @Override
    public Object thread() {
        return context.nettyEventLoop();
    }
}
