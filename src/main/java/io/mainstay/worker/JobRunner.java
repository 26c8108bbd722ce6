package io.mainstay.worker;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.Handler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.queue.JobTracer;
import io.mainstay.vertx.OwnLoops;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Calls the handler of an attempt: an {@link AsyncJobHandler} on an event loop of handlers, or here if it never blocks; a
 * {@link JobHandler} on a thread. Tells what came of it on the loop, once per attempt. Loop only.
 */
@Singleton
final class JobRunner {

    /** Learns how a handler ended. */
    interface EndListener {
        /** @param failure what was thrown, or null; then {@code outcome} is what the handler returned, null included */
        void ended(Attempt attempt, Outcome outcome, Throwable failure);
    }

    /** What jobs of the private queue are for: to have come this far. */
    private static final AsyncJobHandler CANARY = new AsyncJobHandler() {
        @Override
        public Uni<Outcome> start(JobContext job) {
            return Uni.createFrom().item(Outcome.success());
        }

        @Override
        public boolean neverBlocks() {
            return true;
        }
    };

    private final WorkerLoop loop;
    private final HandlerRegistry handlers;
    private final HandlerThreads threads;
    private final OwnLoops loops;
    private final JobTracer tracer;
    private final ProgressReporter progress;

    JobRunner(
            WorkerLoop loop,
            HandlerRegistry handlers,
            HandlerThreads threads,
            OwnLoops loops,
            JobTracer tracer,
            ProgressReporter progress) {
        this.loop = loop;
        this.handlers = handlers;
        this.threads = threads;
        this.loops = loops;
        this.tracer = tracer;
        this.progress = progress;
    }

    void start(Attempt attempt, EndListener listener) {
        boolean canary = attempt.queue().isPrivate();
        attempt.begin(canary ? JobTracer.Delivery.NONE : tracer.deliver(attempt.job()), progress);
        Optional<Handler> handler = canary
                ? Optional.of(CANARY)
                : handlers.find(attempt.job().spec().handler());
        if (handler.isEmpty()) {
            // Not final: another instance, of a newer release perhaps, may know it.
            String message =
                    "no handler '%s' here".formatted(attempt.job().spec().handler());
            listener.ended(attempt, Outcome.retry("unknown-handler", message), null);
        } else if (handler.get() instanceof AsyncJobHandler async) {
            start(async, attempt, listener);
        } else if (handler.get() instanceof JobHandler blocking) {
            startOnThread(blocking, attempt, listener);
        }
    }

    private void start(AsyncJobHandler handler, Attempt attempt, EndListener listener) {
        if (handler.neverBlocks()) {
            LogFields.during(attempt, loop, () -> startHere(handler, attempt, listener));
            return;
        }
        AsyncRun run = new AsyncRun(handler, attempt, loops.next(), loop, listener);
        attempt.handledBy(run);
        run.start();
    }

    private void startHere(AsyncJobHandler handler, Attempt attempt, EndListener listener) {
        try {
            // For the scope, which is the attempt's own and ends with it.
            attempt.delivery().enter();
            Cancellable subscription = handler.start(attempt)
                    .subscribe()
                    .with(
                            outcome -> loop.run(() -> listener.ended(attempt, outcome, null)),
                            failure -> loop.run(() -> listener.ended(attempt, null, failure)));
            attempt.handledBy(subscription::cancel);
        } catch (Throwable thrown) {
            listener.ended(attempt, null, thrown);
        }
    }

    private void startOnThread(JobHandler handler, Attempt attempt, EndListener listener) {
        BlockingRun run = new BlockingRun(handler, attempt, loop, listener);
        attempt.handledBy(run);
        try {
            threads.execute(run);
        } catch (Throwable thrown) {
            run.end(null, thrown);
        }
    }
}
