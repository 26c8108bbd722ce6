package io.mainstay.lease.report;

import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.LostLease;
import io.mainstay.queue.Pruning;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Counts what is asked of a store, which may be away. Thread-safe. */
public final class CountedLeases implements LeaseStore {

    private final LeaseStore store;
    public final AtomicInteger settles = new AtomicInteger();
    /** How long leases were extended, call by call. */
    public final List<Duration> extensions = new CopyOnWriteArrayList<>();

    public final AtomicInteger looks = new AtomicInteger();
    public volatile boolean away;

    CountedLeases(LeaseStore store) {
        this.store = store;
    }

    @Override
    public Uni<Claimed> claim(ClaimRequest request) {
        return answered(() -> store.claim(request));
    }

    @Override
    public Uni<Optional<String>> latestToken(QueueName queue, String claimant) {
        return answered(() -> store.latestToken(queue, claimant));
    }

    @Override
    public Uni<List<Settled>> settle(QueueName queue, List<Settlement> settlements) {
        settles.incrementAndGet();
        return answered(() -> store.settle(queue, settlements));
    }

    @Override
    public Uni<List<LostLease>> extend(QueueName queue, List<Lease> leases, Duration duration) {
        extensions.add(duration);
        return answered(() -> store.extend(queue, leases, duration));
    }

    @Override
    public Uni<Integer> note(QueueName queue, List<JobNote> notes) {
        return answered(() -> store.note(queue, notes));
    }

    @Override
    public Uni<Long> revoked(QueueName queue) {
        looks.incrementAndGet();
        return answered(() -> store.revoked(queue));
    }

    @Override
    public Uni<Integer> prune(QueueName queue, Pruning pruning) {
        return answered(() -> store.prune(queue, pruning));
    }

    private <T> Uni<T> answered(Supplier<Uni<T>> call) {
        return Uni.createFrom()
                .deferred(() -> away
                        ? Uni.createFrom()
                                .failure(new StoreUnavailableException("away", new IllegalStateException("x")))
                        : call.get());
    }
}
