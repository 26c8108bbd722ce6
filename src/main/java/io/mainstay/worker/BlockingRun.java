package io.mainstay.worker;

import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;

/**
 * One call of a blocking handler. Its interruption hits this call or nothing: a pooled thread must not carry it into
 * the next job, which a bare {@code Thread.interrupt()} could.
 */
final class BlockingRun implements HandlerRun, Runnable {

    private final JobHandler handler;
    private final Attempt attempt;
    private final WorkerLoop loop;
    private final JobRunner.EndListener listener;
    /** Loop only. */
    private boolean holdsThread = true;

    private Thread thread;
    private boolean interrupted;

    BlockingRun(JobHandler handler, Attempt attempt, WorkerLoop loop, JobRunner.EndListener listener) {
        this.handler = handler;
        this.attempt = attempt;
        this.loop = loop;
        this.listener = listener;
    }

    @Override
    public void run() {
        Outcome outcome = null;
        Throwable failure = null;
        Runnable leaveTrace = () -> {};
        try {
            leaveTrace = attempt.delivery().enter();
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
            end(outcome, failure);
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

    /** Tells that nothing more comes of this call, be it that it could not begin. Any thread. */
    void end(Outcome outcome, Throwable failure) {
        loop.run(() -> {
            holdsThread = false;
            listener.ended(attempt, outcome, failure);
        });
    }

    @Override
    public boolean holdsThread() {
        return holdsThread;
    }

    @Override
    public synchronized void stop() {
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
