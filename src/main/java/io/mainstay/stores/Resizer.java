package io.mainstay.stores;

import io.mainstay.job.JobIds;
import io.mainstay.job.QueueConflictException;
import io.mainstay.job.QueueName;
import io.mainstay.policy.Layout;
import io.mainstay.policy.Layout.Phase;
import io.mainstay.policy.Policies;
import io.mainstay.policy.PolicyChanges;
import io.mainstay.policy.PolicyStore;
import io.mainstay.policy.QueuePolicy;
import io.mainstay.policy.StoredPolicy;
import io.mainstay.stores.ResizeSteps.Left;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;

/**
 * Changes the policies of queues, and over how many parts they are laid out, while jobs come and go. Invariants:
 *
 * <ol>
 *   <li>The parts of the old layout and those of the new one have nothing in common, but for the queue itself, which is a layout's only part or
 *       none of its parts.
 *   <li>No job is added to a new part before all old ones are closed. So an id, or a group, is never added in both layouts by those who know only
 *       one of them.
 *   <li>What a closed part refuses was not added. So the enqueue may start again elsewhere.
 *   <li>A policy is changed only from the revision that was read, and a step that is done twice does nothing the second time. So any instance may go
 *       on where another one died.
 *   <li>An epoch never comes again, so what is late closes or opens nothing that was changed since.
 * </ol>
 *
 * <p>Old parts are remembered for the ids of their ended jobs, and no longer than they have any: one shard that is away holds up the enqueues whose ids
 * are sought there.
 *
 * <p>Before the old parts are closed all instances have heard of the new ones, so that whoever reads finds what is there. If they cannot all
 * be closed soon, as a shard is dead, the old layout goes on under a new epoch. Thread-safe.
 */
public final class Resizer implements PolicyChanges {

    private final ResizeSteps steps;
    private final Policies policies;
    private final PolicyStore stored;
    private final JobIds ids;
    private final Timing timing;
    private volatile Instant lookedAtRetired = Instant.EPOCH;

    /**
     * How long things take.
     *
     * @param heard after how long all instances know of a change
     * @param closed how long the old parts may take to be closed
     * @param retired how often retired parts are looked at: they may have ended jobs for weeks
     */
    public record Timing(Duration heard, Duration closed, Duration retired) {

        public static final Timing USUAL =
                new Timing(Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    public Resizer(ResizeSteps steps, Policies policies, PolicyStore stored, JobIds ids, Timing timing) {
        this.steps = steps;
        this.policies = policies;
        this.stored = stored;
        this.ids = ids;
        this.timing = timing;
    }

    @Override
    public Uni<StoredPolicy> put(QueueName queue, QueuePolicy wanted) {
        return policies.refresh().chain(() -> steps.figures(queue)).flatMap(figures -> {
            StoredPolicy known = policies.of(queue);
            Layout layout = known == null ? Layout.SINGLE : known.layout();
            if (layout.phase() != Phase.SETTLED && wanted.partitions() != layout.partitions()) {
                throw QueueConflictException.resizing(queue);
            }
            steps.check(figures, wanted.partitions());
            StoredPolicy next = new StoredPolicy(
                    queue,
                    known == null ? PolicyStore.NONE : known.revision(),
                    Instant.EPOCH,
                    wanted,
                    wanted.partitions() == layout.partitions() ? layout : layout.closing(wanted.partitions()));
            return set(next, next.layout() != layout).chain(set -> begun(set, next.layout() != layout));
        });
    }

    private Uni<StoredPolicy> begun(StoredPolicy policy, boolean resizes) {
        Uni<StoredPolicy> known =
                steps.note(policy).chain(() -> policies.refresh()).replaceWith(policy);
        if (!resizes) {
            return known;
        }
        return (timing.heard().isZero() ? known : known.onItem().delayIt().by(timing.heard())).chain(this::close);
    }

    /** Closes the old parts and opens the new ones, or goes back if that cannot be done soon. */
    Uni<StoredPolicy> close(StoredPolicy closing) {
        return steps.copySettings(closing)
                .chain(() -> steps.closeOld(closing))
                .ifNoItem()
                .after(timing.closed())
                .fail()
                .chain(() -> closed(closing))
                .chain(closed -> set(closed, false))
                .onFailure(failure -> !(failure instanceof QueueConflictException))
                // Its caller hears why it could not be done, whatever becomes of going back: whoever changed the policy
                // meanwhile goes on.
                .call(() -> set(with(closing, closing.layout().undone()), true)
                        .onFailure()
                        .recoverWithNull())
                .call(moving -> policies.refresh());
    }

    /** Nothing is added to closed parts, so those that have nothing by now are of no use to anybody. */
    private Uni<StoredPolicy> closed(StoredPolicy closing) {
        Layout moving = closing.layout().moving();
        return steps.left(closing.queue(), moving.previous())
                .onFailure()
                .recoverWithItem(Left.UNFINISHED)
                .map(left -> with(closing, left == Left.NOTHING ? moving.forgotten() : moving));
    }

    @Override
    public Uni<Void> remove(QueueName queue) {
        return policies.refresh().chain(() -> {
            StoredPolicy known = policies.of(queue);
            if (known == null) {
                return Uni.createFrom().voidItem();
            }
            return known.layout().isSingle()
                    ? drop(known)
                    : put(queue, QueuePolicy.NONE).replaceWithVoid();
        });
    }

    private Uni<Void> drop(StoredPolicy policy) {
        return steps.reopen(policy)
                .chain(() -> stored.remove(policy, ids.nextToken()))
                .chain(removed -> removed
                        ? steps.forget(policy.queue())
                        : Uni.createFrom().voidItem())
                .call(() -> policies.refresh());
    }

    /** Goes on with what is under way, whoever began it; what is not ready yet is left alone. To be called again and again. */
    public Uni<Void> goOn(Instant now) {
        // The clock may have stepped back since.
        boolean looks = Duration.between(lookedAtRetired, now).abs().compareTo(timing.retired()) >= 0;
        lookedAtRetired = looks ? now : lookedAtRetired;
        Uni<Void> all = Uni.createFrom().voidItem();
        for (StoredPolicy policy : policies.all()) {
            all = all.chain(() -> goOn(policy, Duration.between(policy.changedAt(), now), looks));
        }
        return all;
    }

    private Uni<Void> goOn(StoredPolicy policy, Duration since, boolean looksAtRetired) {
        Layout layout = policy.layout();
        boolean stuck = since.compareTo(timing.heard().plus(timing.closed())) > 0;
        return switch (layout.phase()) {
            case CLOSING -> stuck ? close(policy).replaceWithVoid() : nothing();
            case MOVING ->
                steps.left(policy.queue(), layout.previous()).flatMap(left -> switch (left) {
                    case UNFINISHED -> nothing();
                    case ENDED -> set(with(policy, layout.settled()), false).replaceWithVoid();
                    case NOTHING -> set(with(policy, layout.forgotten()), false).replaceWithVoid();
                });
            case SETTLED -> settled(policy, looksAtRetired);
        };
    }

    private Uni<Void> settled(StoredPolicy policy, boolean looks) {
        Layout layout = policy.layout();
        if (layout.retired().isEmpty()) {
            return policy.policy().equals(QueuePolicy.NONE) && layout.isSingle() ? drop(policy) : nothing();
        }
        if (!looks) {
            return nothing();
        }
        return steps.empty(policy.queue(), layout.retired())
                .flatMap(empty -> empty.isEmpty()
                        ? nothing()
                        : set(with(policy, layout.without(empty)), false).replaceWithVoid());
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }

    /** @throws QueueConflictException (as failure) if somebody else changed it since it was read */
    private Uni<StoredPolicy> set(StoredPolicy policy, boolean begins) {
        return stored.put(policy, begins, ids.nextToken())
                .map(there -> there.orElseThrow(() -> QueueConflictException.resizing(policy.queue())));
    }

    private static StoredPolicy with(StoredPolicy policy, Layout layout) {
        return new StoredPolicy(policy.queue(), policy.revision(), policy.changedAt(), policy.policy(), layout);
    }
}
