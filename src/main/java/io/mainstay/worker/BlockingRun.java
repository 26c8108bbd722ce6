package io.mainstay.worker;

import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import java.util.function.BiConsumer;

/**
 * One call of a blocking handler. Its interruption hits this call or nothing: a pooled thread must not carry it into
 * the next job, which a bare {@code Thread.interrupt()} could.
 */
final class BlockingRun implements Runnable {

    private final JobHandler handler;
    private final Attempt attempt;
    private final BiConsumer<Outcome, Throwable> whenOver;
    private Thread thread;
    private boolean interrupted;

    BlockingRun(JobHandler handler, Attempt attempt, BiConsumer<Outcome, Throwable> whenOver) {
        this.handler = handler;
        this.attempt = attempt;
        this.whenOver = whenOver;
    }

    @Override
    public void run() {
        Outcome outcome = null;
        Throwable failure = null;
        Runnable leaveTrace = () -> {};
        try {
            leaveTrace = attempt.delivery.enter();
            if (enter()) {
                outcome = runHandler();
            } else {
                failure = new InterruptedException("stopped before it began");
            }
        } catch (Throwable thrown) {
            // Errors too: whatever a handler throws ends its attempt and nothing else.
            failure = thrown;
        } finally {
            leaveTrace.run();
            leave();
            whenOver.accept(outcome, failure);
        }
    }

    private Outcome runHandler() throws Exception {
        LogFields.begin(attempt);
        try {
            return handler.run(attempt);
        } finally {
            LogFields.end();
        }
    }

    synchronized void interrupt() {
        interrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized boolean enter() {
        thread = Thread.currentThread();
        return !interrupted;
    }

    private synchronized void leave() {
        thread = null;
        // Ours or the handler's own: either way it is not the next job's.
        Thread.interrupted();
    }
}
