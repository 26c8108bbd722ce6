package io.mainstay.worker;

import io.mainstay.queue.JobStore;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Has every queue looked at now and then, whatever became of wake-ups and timers, and finds queues that are new: slowly
 * while wake-ups come through, fast while they do not. Its timer is set again before anything else is done, and each
 * time asks anew how wake-ups are, so that a switch nobody told of costs one slow wait. Loop only.
 */
final class Poller {

    /** Longer than a call to the store is repeated. */
    private static final Duration LONGEST_ASKING = Duration.ofSeconds(4);

    private final WorkerLoop loop;
    private final JobStore store;
    private final ServedQueues servedQueues;
    private final PollTimes times;
    private final BooleanSupplier wakeUpsLive;
    private final RandomGenerator random = new SplittableRandom();
    private Runnable cancelTimer = () -> {};
    private boolean asking;
    private boolean closed;

    /** @param wakeUpsLive must not wait */
    Poller(WorkerLoop loop, JobStore store, ServedQueues servedQueues, PollTimes times, BooleanSupplier wakeUpsLive) {
        this.loop = loop;
        this.store = store;
        this.servedQueues = servedQueues;
        this.times = times;
        this.wakeUpsLive = wakeUpsLive;
    }

    /** Polls now, and from now on at the pace that fits; to be called again when that may have changed. */
    void tick() {
        if (closed) {
            return;
        }
        cancelTimer.run();
        cancelTimer = loop.after(times.next(wakeUpsLive.getAsBoolean(), random), this::tick);
        lookEverywhere();
    }

    void close() {
        closed = true;
        cancelTimer.run();
    }

    private void lookEverywhere() {
        servedQueues.all().forEach(ServedQueue::poll);
        loop.dispatchSoon();
        findQueues();
    }

    private void findQueues() {
        if (!servedQueues.open() || asking) {
            return;
        }
        asking = true;
        loop.call(store::queues, LONGEST_ASKING, (queues, failure) -> {
            asking = false;
            if (failure == null) {
                servedQueues.known(queues);
                loop.dispatchSoon();
            } else {
                loop.events().failedCall();
            }
        });
    }
}
