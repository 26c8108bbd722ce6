package io.mainstay.worker;

import io.mainstay.queue.JobStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Has every queue looked at now and then, whatever became of wake-ups and timers, and finds queues that are new: slowly
 * while wake-ups come through, fast while they do not. Its timer is set again before anything else is done, and each
 * time asks anew how wake-ups are, so that a switch nobody told of costs one slow wait. Loop only.
 */
@Singleton
final class Poller implements LoopTimers.Timer {

    /** Longer than a call to the store is repeated. */
    private static final Duration LONGEST_ASKING = Duration.ofSeconds(4);

    private final WorkerLoop loop;
    private final JobStore store;
    private final ServedQueues servedQueues;
    private final PollConfig times;
    private final WakeUpSubscription wakeUps;
    private final RandomGenerator random = new SplittableRandom();
    private Runnable cancelTimer = () -> {};
    private boolean asking;
    private boolean closed;

    Poller(WorkerLoop loop, JobStore store, ServedQueues servedQueues, PollConfig times, WakeUpSubscription wakeUps) {
        this.loop = loop;
        this.store = store;
        this.servedQueues = servedQueues;
        this.times = times;
        this.wakeUps = wakeUps;
    }

    /** Polls now, and from now on at the pace that fits; to be called again when that may have changed. */
    void tick() {
        if (closed) {
            return;
        }
        cancelTimer.run();
        cancelTimer = loop.after(next(times, wakeUps.live(), random), this::tick);
        lookEverywhere();
    }

    @Override
    public void restart() {
        tick();
    }

    @Override
    public void close() {
        closed = true;
        cancelTimer.run();
    }

    /** One wait, spread by a quarter either way, so that instances started together do not come together. */
    static Duration next(PollConfig times, boolean wakeUpsLive, RandomGenerator random) {
        Duration slow = times.interval();
        Duration fast = times.fastInterval();
        Duration interval = wakeUpsLive || slow.compareTo(fast) < 0 ? slow : fast;
        long half = interval.toMillis() / 2;
        return interval.minusMillis(half / 2).plusMillis(random.nextLong(half + 1));
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
