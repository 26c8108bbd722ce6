package io.mainstay.worker;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose answers a test can lose or hold back; what was asked has happened all the same. Thread-safe. */
final class GatedStore implements LeaseStore {

    final List<ClaimRequest> claims = new CopyOnWriteArrayList<>();
    final List<List<Settlement>> settles = new CopyOnWriteArrayList<>();
    final List<List<JobNote>> notes = new CopyOnWriteArrayList<>();
    final List<List<Lease>> extensions = new CopyOnWriteArrayList<>();
    /** Calls that tell of attempts, in the order they came. */
    final List<String> told = new CopyOnWriteArrayList<>();

    final AtomicInteger noteAnswersToLose = new AtomicInteger();
    final AtomicInteger claimAnswersToLose = new AtomicInteger();
    final AtomicInteger settleAnswersToLose = new AtomicInteger();
    final AtomicInteger extensionsToFail = new AtomicInteger();
    /** Claims from it neither happen nor are answered; may be null. */
    volatile QueueName gone;

    /** Claims happen and are never answered. */
    volatile boolean swallowsClaims;

    /** Nobody learns how many jobs were cancelled. */
    volatile boolean hidesCancellations;

    volatile CompletableFuture<Void> settleGate = CompletableFuture.completedFuture(null);

    private final LeaseStore store;

    GatedStore(LeaseStore store) {
        this.store = store;
    }

    @Override
    public Uni<Claimed> claim(ClaimRequest request) {
        claims.add(request);
        if (request.queue().equals(gone)) {
            return Uni.createFrom().nothing();
        }
        Uni<Claimed> claimed = store.claim(request)
                .invoke(answer -> loseOne(claimAnswersToLose, !answer.jobs().isEmpty()));
        return swallowsClaims ? claimed.chain(() -> Uni.createFrom().nothing()) : claimed;
    }

    @Override
    public Uni<Optional<String>> latestToken(QueueName queue, String claimant) {
        return store.latestToken(queue, claimant);
    }

    @Override
    public Uni<List<Settled>> settle(QueueName queue, List<Settlement> settlements) {
        told.add("settle");
        settles.add(settlements);
        CompletableFuture<Void> gate = settleGate;
        return store.settle(queue, settlements)
                .invoke(answer -> loseOne(settleAnswersToLose, true))
                .call(() -> Uni.createFrom().completionStage(gate));
    }

    @Override
    public Uni<List<LostLease>> extend(QueueName queue, List<Lease> leases, Duration duration) {
        extensions.add(List.copyOf(leases));
        return store.extend(queue, leases, duration).invoke(answer -> loseOne(extensionsToFail, true));
    }

    @Override
    public Uni<Integer> note(QueueName queue, List<JobNote> said) {
        notes.add(said);
        told.add("note");
        return store.note(queue, said).invoke(answer -> loseOne(noteAnswersToLose, true));
    }

    @Override
    public Uni<Long> revoked(QueueName queue) {
        return hidesCancellations ? Uni.createFrom().nothing() : store.revoked(queue);
    }

    @Override
    public Uni<Integer> prune(QueueName queue, Pruning pruning) {
        return store.prune(queue, pruning);
    }

    private static void loseOne(AtomicInteger left, boolean worthLosing) {
        if (worthLosing && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new StoreUnavailableException("lost by the test", null);
        }
    }
}
