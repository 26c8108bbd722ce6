package io.mainstay.lease.claim;

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
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store whose answers to claims a test holds back, loses, or has never come. Not thread-safe. */
final class ClaimsByHand implements LeaseStore {

    final List<ClaimRequest> claims = new ArrayList<>();
    final List<Settlement> settled = new ArrayList<>();
    final List<JobNote> notes = new ArrayList<>();
    final List<Duration> extensions = new ArrayList<>();
    /** Claims from them neither happen nor are answered. */
    final Set<QueueName> silent = new HashSet<>();
    /** Answers to claims that have happened are lost, so many. */
    int toLose;
    /** Claims fail before they happen. */
    boolean away;
    /** Claims happen, and are answered when {@link #answer} is called. */
    boolean holds;

    private final LeaseStore store;
    private final List<Runnable> held = new ArrayList<>();

    ClaimsByHand(LeaseStore store) {
        this.store = store;
    }

    /** Gives the answers that were held back. */
    void answer() {
        List<Runnable> all = List.copyOf(held);
        held.clear();
        all.forEach(Runnable::run);
    }

    @Override
    public Uni<Claimed> claim(ClaimRequest request) {
        return Uni.createFrom().emitter(emitter -> {
            claims.add(request);
            if (silent.contains(request.queue())) {
                return;
            }
            if (away) {
                emitter.fail(new StoreUnavailableException("away by the test", null));
                return;
            }
            Claimed claimed = store.claim(request).await().indefinitely();
            if (holds) {
                held.add(() -> end(emitter, claimed));
            } else {
                end(emitter, claimed);
            }
        });
    }

    private void end(UniEmitter<? super Claimed> emitter, Claimed claimed) {
        if (toLose > 0) {
            toLose--;
            emitter.fail(new StoreUnavailableException("lost by the test", null));
        } else {
            emitter.complete(claimed);
        }
    }

    @Override
    public Uni<Optional<String>> latestToken(QueueName queue, String claimant) {
        return store.latestToken(queue, claimant);
    }

    @Override
    public Uni<List<Settled>> settle(QueueName queue, List<Settlement> settlements) {
        settled.addAll(settlements);
        return store.settle(queue, settlements);
    }

    @Override
    public Uni<List<LostLease>> extend(QueueName queue, List<Lease> leases, Duration duration) {
        extensions.add(duration);
        return store.extend(queue, leases, duration);
    }

    @Override
    public Uni<Integer> note(QueueName queue, List<JobNote> said) {
        notes.addAll(said);
        return store.note(queue, said);
    }

    @Override
    public Uni<Long> revoked(QueueName queue) {
        return store.revoked(queue);
    }

    @Override
    public Uni<Integer> prune(QueueName queue, Pruning pruning) {
        return store.prune(queue, pruning);
    }
}
