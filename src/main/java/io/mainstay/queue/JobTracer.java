package io.mainstay.queue;

import io.mainstay.job.Job;
import io.mainstay.job.NewJob;
import io.mainstay.job.TraceParent;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;

/** Follows jobs from enqueue through their attempts, across the queue. On hot paths; must not throw. Thread-safe. */
public interface JobTracer {

    /** Follows nothing; what the caller sent is passed on as it came. */
    JobTracer NONE = new JobTracer() {
        @Override
        public Uni<Enqueued> enqueue(NewJob job, Function<NewJob, Uni<Enqueued>> store) {
            return store.apply(job);
        }

        @Override
        public Delivery deliver(Job job) {
            return job.spec().trace() == null
                    ? Delivery.NONE
                    : () -> Optional.of(job.spec().trace());
        }
    };

    /**
     * Enqueues a job.
     *
     * @param store to be called once, with the job and the trace that is to be kept with it
     */
    Uni<Enqueued> enqueue(NewJob job, Function<NewJob, Uni<Enqueued>> store);

    /** An attempt begins; {@link Delivery#ended}, {@link Delivery#lost} or {@link Delivery#cancelled} is called once, on any thread. */
    Delivery deliver(Job job);

    /** One attempt. */
    interface Delivery {

        Delivery NONE = Optional::empty;

        /** What the attempt is to pass on to those it calls. */
        Optional<TraceParent> trace();

        /**
         * Makes this what the current thread, or the current context of an event loop, is about.
         *
         * @return undoes it, on the same thread; on a context that ends with the attempt it need not be run
         */
        default Runnable enter() {
            return () -> {};
        }

        /** The attempt is over, with this result. */
        default void ended(Settlement result) {}

        /** The attempt was stopped: somebody else may run the job by now. */
        default void lost() {}

        /** The attempt was stopped: the job was cancelled. */
        default void cancelled() {}
    }
}
