package io.mainstay.health.recovery;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.health.HealthReport;
import io.mainstay.queue.health.Recovery;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The latest recoveries of this instance, and one line in the log for each. A job that is claimed is the end of it: until then nobody
 * knows that jobs flow. Thread-safe.
 */
@Singleton
class RecoveryLog implements JobObserver {

    private static final Logger LOG = Logger.getLogger(RecoveryLog.class);
    private static final String FIRST = "first";
    private static final String SECOND = "second";

    private final LongSupplier nanoTime;
    private final Map<String, StoreConnections> stores = new ConcurrentHashMap<>();
    private final Deque<OngoingRecovery> recoveries = new ArrayDeque<>();
    private final AtomicLong version = new AtomicLong();
    private volatile BooleanSupplier claims = () -> false;

    @Inject
    RecoveryLog() {
        this(System::nanoTime);
    }

    RecoveryLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void start(@Observes StartupEvent event, Instance<WorkerStatus> workers) {
        if (workers.isResolvable()) {
            WorkerStatus status = workers.get();
            claimsIf(() -> status.enabled() && !status.draining());
        }
    }

    /** Whether jobs are claimed here, so that a recovery ends with a claim. */
    void claimsIf(BooleanSupplier condition) {
        claims = condition;
    }

    @Produces
    @Singleton
    ConnectionObserver ofFirst() {
        return connections(FIRST);
    }

    StoreConnections connections(String store) {
        return stores.computeIfAbsent(store, name -> new StoreConnections(this, name));
    }

    @Override
    public void claimed(QueueName queue, int jobs) {
        if (jobs > 0) {
            connections(queue.isInSecondStore() ? SECOND : FIRST).jobsClaimed();
        }
    }

    long now() {
        return nanoTime.getAsLong();
    }

    boolean claims() {
        return claims.getAsBoolean();
    }

    /** There is something new in one of them. */
    void changed() {
        version.incrementAndGet();
    }

    long version() {
        return version.get();
    }

    void began(OngoingRecovery recovery) {
        synchronized (recoveries) {
            recoveries.add(recovery);
            if (recoveries.size() > HealthReport.MOST) {
                forgetOne();
            }
        }
        changed();
    }

    /** Late wake-ups may come by the dozen on a busy machine: they are half of all at most, so that failovers stay. */
    private void forgetOne() {
        List<OngoingRecovery> minor =
                recoveries.stream().filter(OngoingRecovery::lostNoLink).toList();
        if (minor.size() > HealthReport.MOST / 2) {
            recoveries.remove(minor.get(0));
        } else {
            recoveries.remove();
        }
    }

    void ended(OngoingRecovery recovery) {
        Recovery seen = recovery.shown(now());
        LOG.infof(
                "Redis%s has recovered: noticed by %s, links lost: %d; commands after %s, wake-ups after %s, first claim after %s",
                seen.store().equals(FIRST) ? "" : " (" + seen.store() + ")",
                seen.noticedBy().slug(),
                seen.linksLost(),
                ms(seen.restored().commands()),
                ms(seen.restored().wakeUps()),
                ms(seen.restored().claim()));
    }

    private static String ms(Optional<Duration> time) {
        return time.map(known -> known.toMillis() + " ms").orElse("- ms");
    }

    /** The oldest first. */
    List<Recovery> latest() {
        long now = now();
        synchronized (recoveries) {
            return recoveries.stream().map(each -> each.shown(now)).toList();
        }
    }
}
