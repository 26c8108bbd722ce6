package io.mainstay.stores.mirrored;

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

/**
 * Jobs of a mirrored queue are claimed only where this instance has lately seen that they are owned: a store that was out of reach while the other one took
 * over does not know of it.
 */
public final class MirroredLeaseStore implements LeaseStore {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final LeaseStore places;
    private final Mirrors mirrors;

    public MirroredLeaseStore(LeaseStore places, Mirrors mirrors) {
        this.places = places;
        this.mirrors = mirrors;
    }

    @Override
    public Uni<Claimed> claim(ClaimRequest request) {
        return Uni.createFrom().deferred(() -> {
            QueueMirror mirror = mirrors.of(request.queue());
            return mirror == null || mirror.mayClaimFrom(request.queue())
                    ? places.claim(request)
                    : Uni.createFrom().item(new Claimed(List.of(), false, Optional.of(LOOK_AGAIN)));
        });
    }

    @Override
    public Uni<Optional<String>> latestToken(QueueName queue, String claimant) {
        return places.latestToken(queue, claimant);
    }

    @Override
    public Uni<List<Settled>> settle(QueueName queue, List<Settlement> settlements) {
        return places.settle(queue, settlements);
    }

    @Override
    public Uni<List<LostLease>> extend(QueueName queue, List<Lease> leases, Duration duration) {
        return places.extend(queue, leases, duration);
    }

    @Override
    public Uni<Integer> note(QueueName queue, List<JobNote> notes) {
        return places.note(queue, notes);
    }

    @Override
    public Uni<Long> revoked(QueueName queue) {
        return places.revoked(queue);
    }

    @Override
    public Uni<Integer> prune(QueueName queue, Pruning pruning) {
        return places.prune(queue, pruning);
    }
}
