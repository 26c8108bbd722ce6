package io.mainstay.lease.claim;

import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.Settlement;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Gives jobs back that nobody was there to receive: ready again in their old place, the attempt not counted. Tried again until their leases are over,
 * which has the same effect, as nobody is known to have received them. Thread-safe.
 */
@Singleton
class GiveBack {

    private static final Logger LOG = Logger.getLogger(GiveBack.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ClaimLoop loop;
    private final LeaseStore store;

    GiveBack(ClaimLoop loop, LeaseStore store) {
        this.loop = loop;
        this.store = store;
    }

    void release(Batch batch) {
        List<Settlement> reports = batch.leases().stream()
                .map(lease -> (Settlement) new Settlement.Release(lease))
                .toList();
        store.settle(batch.queue(), reports)
                .subscribe()
                .with(
                        settled -> LOG.debugf("%d jobs of queue %s were returned", reports.size(), batch.queue()),
                        failure -> again(batch, failure));
    }

    private void again(Batch batch, Throwable failure) {
        LOG.debugf(
                failure,
                "%d jobs of queue %s are not returned yet; trying again",
                batch.jobs().size(),
                batch.queue());
        loop.run(() -> {
            if (loop.nanoTime() - batch.lastSent() < batch.lease().toNanos()) {
                loop.after(PAUSE, () -> release(batch));
            }
        });
    }
}
