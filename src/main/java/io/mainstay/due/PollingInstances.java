package io.mainstay.due;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * How many instances poll: they share the work, for what one of them finds concerns all. An instance that ends is counted for a
 * while longer. Thread-safe.
 */
class PollingInstances {

    private static final Logger LOG = Logger.getLogger(PollingInstances.class);
    /**
     * Beyond, polls would be too far apart: one that was killed counts for a while, and what it left is found by polls; and leases
     * want somebody to look at least every 15 s.
     */
    private static final int MOST = 2;
    /** In polls: two calls in a row may fail. */
    private static final int VALID_FOR = 8;

    private static final int SAID_EVERY = 2;

    private final DueStore store;
    private final AtomicInteger polls = new AtomicInteger();
    private volatile int count = 1;

    PollingInstances(DueStore store) {
        this.store = store;
    }

    /** How many times rarer each of them may poll. */
    int count() {
        return Math.max(1, Math.min(MOST, count));
    }

    /** Until it has been said again, as many as this one alone. */
    void relyOnNone() {
        count = 1;
        polls.set(0);
    }

    /** Says that this one does, and asks how many do, every second time. Returns at once, never fails. */
    void say(Duration interval) {
        if (polls.getAndIncrement() % SAID_EVERY != 0) {
            return;
        }
        Uni.createFrom()
                .deferred(() -> store.polling(interval.multipliedBy(VALID_FOR)))
                .subscribe()
                .with(found -> count = found, failure -> {
                    count = 1;
                    LOG.debug(
                            "the number of polling instances is not known; this one polls as if it were alone",
                            failure);
                });
    }
}
