package io.mainstay.worker;

import jakarta.inject.Singleton;
import java.util.List;

/** All that timers keep going in the worker pool. Thread-safe. */
@Singleton
final class LoopTimers {

    /** Something that a timer of the loop keeps going. Loop only. */
    interface Timer {

        /** Does its work now and continues from here, whatever became of its timer; also how it begins. */
        void restart();

        /** Sets no timer any more. */
        default void close() {}
    }

    private final WorkerLoop loop;
    private final List<Timer> timers;

    LoopTimers(
            WorkerLoop loop,
            TimeoutChecker timeouts,
            LeaseExtender leases,
            Cancellations cancellations,
            ProgressReporter progress) {
        this.loop = loop;
        this.timers = List.of(timeouts, leases, cancellations, progress);
    }

    /** Begins all of them, or begins them again. One by one: what is wrong with one must not keep the others from going on. */
    void restart() {
        timers.forEach(timer -> loop.run(timer::restart));
    }

    void close() {
        timers.forEach(timer -> loop.run(timer::close));
    }
}
