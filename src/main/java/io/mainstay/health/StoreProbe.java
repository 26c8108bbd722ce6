package io.mainstay.health;

import io.mainstay.job.Bounds;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Looks whether the store answers: a bounded read, nothing more. Thread-safe. */
@Singleton
class StoreProbe {

    private static final Logger LOG = Logger.getLogger(StoreProbe.class);
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(30);

    private final JobStore store;
    private final Duration timeout;
    /** So that what the others said is known in time. */
    private final Duration ofShard;

    private final StoreWatches others;

    /** Of the first store, which knows of the others. */
    @Inject
    StoreProbe(JobStore store, HealthConfig config, StoreWatches others) {
        this.others = others;
        this.store = store;
        this.timeout = Bounds.between("mainstay.health.store-timeout", config.storeTimeout(), LEAST, MOST);
        this.ofShard = timeout.multipliedBy(3).dividedBy(4);
    }

    StoreProbe(JobStore store, HealthConfig config) {
        this(store, config, StoreWatches.none());
    }

    StoreWatches others() {
        return others;
    }

    Duration timeout() {
        return timeout;
    }

    /** Never fails; answers within {@code mainstay.health.store-timeout}. */
    Uni<StoreAnswer> look() {
        return Uni.createFrom()
                .deferred(() -> store.reach(ofShard))
                .<StoreAnswer>map(StoreAnswer.Reached::new)
                .ifNoItem()
                .after(timeout)
                .fail()
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.debug("the store did not answer a probe", failure);
                    return new StoreAnswer.Unreachable(timeout);
                });
    }
}
