package io.mainstay.stores;

import io.mainstay.job.JobGroup;
import io.mainstay.job.NewJob;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.policy.Layout;
import io.mainstay.policy.Policies;
import io.mainstay.policy.StoredPolicy;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.places.Admission;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Puts new jobs into the part of their queue that is theirs by group, else by id. Where the layout has changed meanwhile, as the place
 * says, nothing was added: the policy is read again, and the enqueue starts again.
 */
final class PartitionedEnqueues {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final JobStore store;
    private final Policies policies;
    private final Duration patience;

    /** @param patience how long an enqueue waits for a layout that is changing */
    PartitionedEnqueues(JobStore store, Policies policies, Duration patience) {
        this.store = store;
        this.policies = policies;
        this.patience = patience;
    }

    Uni<Enqueued> enqueue(NewJob job) {
        return once(job)
                .flatMap(answer -> answer instanceof Enqueued.Moved
                        ? again(job, FIRST_PAUSE, System.nanoTime() + patience.toNanos())
                        : Uni.createFrom().item(answer));
    }

    private Uni<Enqueued> once(NewJob job) {
        StoredPolicy policy = job.queue().isPlace() ? null : policies.of(job.queue());
        return policy == null ? store.enqueue(job) : Uni.createFrom().deferred(() -> place(job, policy.layout()));
    }

    private Uni<Enqueued> again(NewJob job, Duration pause, long until) {
        return policies.refresh().chain(() -> once(job)).flatMap(answer -> {
            if (!(answer instanceof Enqueued.Moved)) {
                return Uni.createFrom().item(answer);
            }
            if (System.nanoTime() - until > 0) {
                return Uni.createFrom()
                        .failure(new StoreUnavailableException(
                                "the partitions of queue " + job.queue() + " are still changing", null));
            }
            Duration next = pause.multipliedBy(2);
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(pause)
                    .chain(() -> again(job, next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next, until));
        });
    }

    private Uni<Enqueued> place(NewJob job, Layout layout) {
        if (layout.isSingle()) {
            return store.enqueue(job, Admission.under(layout.epoch()));
        }
        return layout.seesAllKeys()
                ? spread(job, layout)
                : UniqueKeys.refuse(job, "has partitions, and none of them").chain(() -> spread(job, layout));
    }

    private Uni<Enqueued> spread(NewJob job, Layout layout) {
        String key = keyOf(job);
        // Of a layout whose closing has begun, those parts that are not closed yet are open under the epoch before.
        long epoch = layout.phase() == Layout.Phase.CLOSING ? layout.epoch() - 1 : layout.epoch();
        NewJob placed = job.in(Layout.part(job.queue(), layout.open(), key));
        Uni<Enqueued> added = store.enqueue(placed, Admission.under(epoch));
        boolean grouped = job.spec().options().group() != null;
        if (layout.phase() == Layout.Phase.MOVING && (grouped || job.idChosen())) {
            NewJob before = job.in(Layout.part(job.queue(), layout.previous(), key));
            added = unless(store.enqueue(before, Admission.FOLLOWING), added);
            if (grouped && job.idChosen()) {
                added = unless(store.enqueue(placed, Admission.SEEKING), added);
            }
        }
        return job.idChosen() ? unlessRetired(job, key, layout, added) : added;
    }

    /** The jobs of earlier layouts have ended, but their ids are known. */
    private Uni<Enqueued> unlessRetired(NewJob job, String key, Layout layout, Uni<Enqueued> added) {
        Uni<Enqueued> first = added;
        for (int count : layout.retired()) {
            first = unless(store.enqueue(job.in(Layout.part(job.queue(), count, key)), Admission.SEEKING), first);
        }
        return first;
    }

    private static Uni<Enqueued> unless(Uni<Enqueued> there, Uni<Enqueued> added) {
        return there.flatMap(answer ->
                answer instanceof Enqueued.NotHere ? added : Uni.createFrom().item(answer));
    }

    private static String keyOf(NewJob job) {
        JobGroup group = job.spec().options().group();
        return group == null ? job.id().value() : group.id();
    }
}
