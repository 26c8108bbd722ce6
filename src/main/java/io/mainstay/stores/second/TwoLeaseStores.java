package io.mainstay.stores.second;

import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
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

/** {@link LeaseStore} over two. */
public final class TwoLeaseStores implements LeaseStore {

    private final OneOfTwo<LeaseStore> stores;

    public TwoLeaseStores(LeaseStore first, LeaseStore second) {
        this.stores = new OneOfTwo<>(first, second);
    }

    @Override
    public Uni<Claimed> claim(ClaimRequest request) {
        return stores.of(request.queue()).claim(request);
    }

    @Override
    public Uni<Optional<String>> latestToken(QueueName queue, String claimant) {
        return stores.of(queue).latestToken(queue, claimant);
    }

    @Override
    public Uni<List<Settled>> settle(QueueName queue, List<Settlement> settlements) {
        return stores.of(queue).settle(queue, settlements);
    }

    @Override
    public Uni<List<LostLease>> extend(QueueName queue, List<Lease> leases, Duration duration) {
        return stores.of(queue).extend(queue, leases, duration);
    }

    @Override
    public Uni<Integer> note(QueueName queue, List<JobNote> notes) {
        return stores.of(queue).note(queue, notes);
    }

    @Override
    public Uni<Long> revoked(QueueName queue) {
        return stores.of(queue).revoked(queue);
    }

    @Override
    public Uni<Integer> prune(QueueName queue, Pruning pruning) {
        return stores.of(queue).prune(queue, pruning);
    }
}
