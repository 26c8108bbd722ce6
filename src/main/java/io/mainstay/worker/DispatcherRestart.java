package io.mainstay.worker;

import jakarta.inject.Singleton;
import java.util.concurrent.TimeoutException;

/**
 * Replaces the dispatcher's moving parts while it runs: calls under way are given up, which has each of them sent
 * again the way a lost answer has (claims under their own token, so no job is leased twice; reports until their leases
 * end), and every timer that keeps something going is set again. Running attempts and their leases stay as they are.
 *
 * <p>None of this should ever be needed: calls have bounds, timers are set before work is done. It is for the errors
 * that nobody thought of, so it trusts nothing that could have gone missing: no flag that says a timer is set or an
 * answer on its way. What it cannot do is free a loop whose thread is stuck in somebody's code.
 */
@Singleton
final class DispatcherRestart {

    private final WorkerLoop loop;
    private final ServedQueues servedQueues;
    private final LoopTimers timers;

    DispatcherRestart(WorkerLoop loop, ServedQueues servedQueues, LoopTimers timers) {
        this.loop = loop;
        this.servedQueues = servedQueues;
        this.timers = timers;
    }

    /** Any thread; returns at once. */
    void begin(String reason) {
        loop.wakeAnyway();
        loop.run(() -> {
            loop.dispatchAnyway();
            // One by one: whatever is wrong with one of them must not keep the others from going on.
            loop.run(() -> loop.failCalls(new TimeoutException("abandoned to recover: " + reason)));
            loop.run(() -> servedQueues.all().forEach(ServedQueue::restNoLonger));
            timers.restart();
        });
    }
}
