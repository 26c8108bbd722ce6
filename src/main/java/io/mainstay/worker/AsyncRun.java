package io.mainstay.worker;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.vertx.OwnLoops;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.concurrent.CancellationException;

/**
 * One call of an asynchronous handler on an event loop for handlers. It should not hold that thread, but may: a handler that
 * blocks, or that waits behind one which does, is counted like a thread that is not given back.
 */
final class AsyncRun implements HandlerRun {

    private final AsyncJobHandler handler;
    private final Attempt attempt;
    private final OwnLoops.Loop thread;
    private final WorkerLoop loop;
    private final JobRunner.EndListener listener;
    private volatile boolean returned;
    private volatile boolean stopped;
    /** Of the handlers' loop. */
    private Cancellable subscription = () -> {};

    AsyncRun(
            AsyncJobHandler handler,
            Attempt attempt,
            OwnLoops.Loop thread,
            WorkerLoop loop,
            JobRunner.EndListener listener) {
        this.handler = handler;
        this.attempt = attempt;
        this.thread = thread;
        this.loop = loop;
        this.listener = listener;
    }

    void start() {
        thread.executeApart(this::callHandler);
    }

    private void callHandler() {
        if (stopped) {
            return;
        }
        LogFields.begin(attempt);
        try {
            // For the scope, which is the attempt's own and ends with it.
            attempt.delivery().enter();
            subscription = handler.start(attempt)
                    .subscribe()
                    .with(outcome -> end(outcome, null), failure -> end(null, failure));
        } catch (Throwable thrown) {
            end(null, thrown);
        } finally {
            returned = true;
        }
    }

    @Override
    public boolean holdsThread() {
        return !returned;
    }

    /** Behind the call, so it comes when that has returned. */
    @Override
    public void stop() {
        stopped = true;
        thread.execute(() -> {
            try {
                subscription.cancel();
            } finally {
                end(null, new CancellationException("stopped"));
            }
        });
    }

    private void end(Outcome outcome, Throwable failure) {
        loop.run(() -> listener.ended(attempt, outcome, failure));
    }
}
