package io.mainstay.worker;

import io.mainstay.queue.JobStore;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Has every queue looked at now and then, whatever became of wake-ups and timers, and finds queues that are new. Its
 * timer is set again before anything else is done. Loop only.
 */
final class Poller {

    private final Loop loop;
    private final JobStore store;
    private final Feeds feeds;
    private final Signal signal;
    private final Duration interval;
    private final RandomGenerator random;
    private boolean asking;
    private boolean closed;

    Poller(Loop loop, JobStore store, Feeds feeds, Signal signal, Duration interval, RandomGenerator random) {
        this.loop = loop;
        this.store = store;
        this.feeds = feeds;
        this.signal = signal;
        this.interval = interval;
        this.random = random;
    }

    /** Polls now, and from now on. */
    void tick() {
        if (closed) {
            return;
        }
        loop.after(jittered(), this::tick);
        lookEverywhere();
    }

    /** Has every queue looked at once, now. */
    void lookEverywhere() {
        feeds.all().forEach(Feed::poll);
        signal.raise();
        findQueues();
    }

    void close() {
        closed = true;
    }

    private void findQueues() {
        if (!feeds.open() || asking) {
            return;
        }
        asking = true;
        loop.call(store::queues, interval.plus(interval), (queues, failure) -> {
            asking = false;
            if (failure == null) {
                feeds.known(queues);
                signal.raise();
            } else {
                loop.tally().failedCall();
            }
        });
    }

    private Duration jittered() {
        long half = interval.toMillis() / 2;
        return interval.minusMillis(half / 2).plusMillis(random.nextLong(half + 1));
    }
}
