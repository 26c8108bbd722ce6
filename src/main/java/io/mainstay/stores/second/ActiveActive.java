package io.mainstay.stores.second;

import io.mainstay.job.Durability;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.places.Admission;
import io.mainstay.stores.second.EnqueueAttempt.Side;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Adds jobs of active-active queues: to the first store or, where that does not take one in time, to the second, within the same
 * request; where the first is known to be away, to the second at once. A job whose answer did not come in time may be in both then, and runs twice, under the same id; so does one whose durability was
 * not reached. While jobs may have gone to the second lately, ids that callers chose are sought there before the first adds them.
 *
 * <p>Rejected: to ask the second for every id. The second would be felt when it is slow, for nothing as long as the first never failed.
 */
public final class ActiveActive {

    private final JobStore stores;
    private final Diversions diversions;
    private final Circuits circuits;
    private final Duration patience;
    private final Duration durable;

    /**
     * How long an answer of the first store is waited for before the second is asked.
     *
     * @param usual of jobs that are to be kept in memory; and of every small question
     * @param durable of those that wait for replicas or a disk
     */
    public record Patience(Duration usual, Duration durable) {}

    /** @param stores that know places */
    public ActiveActive(JobStore stores, Diversions diversions, Patience patience) {
        this(stores, diversions, patience, System::nanoTime);
    }

    ActiveActive(JobStore stores, Diversions diversions, Patience patience, LongSupplier nanoTime) {
        this.stores = stores;
        this.diversions = diversions;
        this.patience = patience.usual();
        this.durable = patience.durable();
        this.circuits = new Circuits(stores, patience.usual(), nanoTime);
    }

    /** @param job with the name of its queue as callers know it */
    public Uni<Enqueued> enqueue(NewJob job) {
        return Uni.createFrom()
                .deferred(() ->
                        job.idChosen() && diversions.standing(job.queue()) ? unlessInSecond(job, add(job)) : add(job));
    }

    private Uni<Enqueued> add(NewJob job) {
        return Uni.createFrom().deferred(() -> {
            NewJob there = job.in(job.queue().inSecondStore());
            Side first = new Side(() -> stores.enqueue(job), circuits.of(job.queue()));
            Side second = new Side(
                    () -> diversions.begin(job.queue()).chain(() -> stores.enqueue(there)), circuits.of(there.queue()));
            Duration atMost = job.durability() == Durability.MEMORY ? patience : durable;
            return first.circuit().admits()
                    ? EnqueueAttempt.of(first, second, atMost)
                    : EnqueueAttempt.of(second, first, atMost);
        });
    }

    /** One that is there, or was, is answered as it is; if the second does not answer in time nothing is known of it. */
    private Uni<Enqueued> unlessInSecond(NewJob job, Uni<Enqueued> add) {
        QueueName second = job.queue().inSecondStore();
        Circuit circuit = circuits.of(second);
        if (!circuit.admits()) {
            return add;
        }
        return stores.enqueue(job.in(second), Admission.FOLLOWING)
                .ifNoItem()
                .after(patience)
                .fail()
                .onItem()
                .invoke(circuit::took)
                .onFailure()
                .invoke(circuit::failed)
                .onFailure()
                .recoverWithItem(failure -> new Enqueued.NotHere(second))
                .flatMap(answer -> answer instanceof Enqueued.NotHere
                        ? add
                        : Uni.createFrom().item(answer));
    }
}
