package io.mainstay.due;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * How many instances poll: they share the work, for what one of them finds concerns all. An instance that ends is counted for a
 * while longer. Thread-safe.
 */
class PollingInstances {

    private static final Logger LOG = Logger.getLogger(PollingInstances.class);
    /** Beyond, polls would be too far apart. */
    private static final int MOST = 8;
    /** In polls: two calls in a row may fail. */
    private static final int VALID_FOR = 4;

    private final DueStore store;
    private volatile int count = 1;

    PollingInstances(DueStore store) {
        this.store = store;
    }

    /** How many times rarer each of them may poll. */
    int count() {
        return Math.max(1, Math.min(MOST, count));
    }

    /** Says that this one does, and asks how many do. Returns at once, never fails. */
    void say(Duration interval) {
        Uni.createFrom()
                .deferred(() -> store.polling(interval.multipliedBy(VALID_FOR)))
                .subscribe()
                .with(found -> count = found, failure -> {
                    count = 1;
                    LOG.debug("not known how many instances poll; this one does as if it were alone", failure);
                });
    }
}
