package io.mainstay.mirror;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps the two stores of one mirrored queue together, in rounds: sees how both stand, says that the owner works, tells each of the other's changes, has the copies
 * start when the owner is away, and makes copies of what an older owner still has. Any number of instances may do so; a round may end at any point.
 */
public final class MirrorRounds {

    private static final Logger LOG = Logger.getLogger(MirrorRounds.class);
    /** One that answers later is away, as far as a round goes. */
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(1);

    /** Moves of one round: the next one goes on. */
    private static final int MOST_MOVES = 500;

    private final QueueName queue;
    private final MirrorSide first;
    private final MirrorSide second;
    private final Duration hold;
    private final LongSupplier nanos;
    private long firstReached;
    private long secondReached;
    private long decided;
    private long knownEpoch;
    private Comparison comparison;
    private volatile MirrorStatus status = MirrorStatus.UNKNOWN;
    private volatile MirrorSide latestOwner;
    private volatile long copiesStarted;

    /**
     * @param queue as callers know it
     * @param hold how long the owner may be silent
     * @param nanos a clock that never steps
     */
    public MirrorRounds(QueueName queue, MirrorSide first, MirrorSide second, Duration hold, LongSupplier nanos) {
        this.queue = queue;
        this.first = first;
        this.second = second;
        this.hold = hold;
        this.nanos = nanos;
        firstReached = nanos.getAsLong();
        secondReached = firstReached;
        decided = firstReached;
        latestOwner = first;
    }

    public MirrorStatus status() {
        return status;
    }

    /** Where jobs were claimed when that was known last; the first store in the beginning. */
    public MirrorSide latestOwner() {
        return latestOwner;
    }

    /** By this instance. */
    public long copiesStarted() {
        return copiesStarted;
    }

    /**
     * Whether jobs may be claimed there: only as long as nobody can have taken over since this instance saw that store as the owner.
     */
    public boolean mayClaimFrom(MirrorSide side) {
        return status.owner().filter(side::equals).isPresent()
                && nanos.getAsLong() - decided < hold.dividedBy(2).toNanos();
    }

    /** Not to be called again before it has ended. */
    public Uni<MirrorStatus> run() {
        long began = nanos.getAsLong();
        return Uni.combine().all().unis(look(first), look(second)).asTuple().flatMap(looks -> {
            Optional<MirrorLook> ofFirst = looks.getItem1();
            Optional<MirrorLook> ofSecond = looks.getItem2();
            firstReached = ofFirst.isPresent() ? began : firstReached;
            secondReached = ofSecond.isPresent() ? began : secondReached;
            return act(ofFirst.map(look -> new Seen(first, look)), ofSecond.map(look -> new Seen(second, look)))
                    .onFailure(MirrorChangedException.class)
                    .recoverWithItem(changed -> {
                        LOG.debug(changed.getMessage());
                        return Decision.NONE;
                    })
                    .map(decision -> decide(decision, began, ofFirst, ofSecond));
        });
    }

    private MirrorStatus decide(
            Decision decision, long began, Optional<MirrorLook> ofFirst, Optional<MirrorLook> ofSecond) {
        status = new MirrorStatus(decision.owner(), decision.epoch(), decision.healthy(), ofFirst, ofSecond);
        decided = began;
        latestOwner = decision.owner().orElse(latestOwner);
        knownEpoch = Math.max(knownEpoch, decision.epoch());
        return status;
    }

    private record Decision(Optional<MirrorSide> owner, long epoch, boolean healthy) {

        static final Decision NONE = new Decision(Optional.empty(), -1, false);

        static Decision owner(Seen seen, boolean healthy) {
            return new Decision(Optional.of(seen.side()), seen.epoch(), healthy);
        }
    }

    private static Uni<Optional<MirrorLook>> look(MirrorSide side) {
        return side.store()
                .look(side.queue())
                .ifNoItem()
                .after(LOOK_TIMEOUT)
                .fail()
                .map(Optional::of)
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private Uni<Decision> act(Optional<Seen> one, Optional<Seen> other) {
        if (one.isPresent() && other.isPresent()) {
            return both(one.get(), other.get());
        }
        return one.or(() -> other).map(this::alone).orElse(Uni.createFrom().item(Decision.NONE));
    }

    private Uni<Decision> alone(Seen seen) {
        if (seen.epoch() < knownEpoch) {
            // It was away while the other one took over.
            return Uni.createFrom().item(Decision.NONE);
        }
        if (seen.look().owns()) {
            return goOnStarting(seen).map(done -> Decision.owner(seen, false));
        }
        long otherReached = seen.side() == first ? secondReached : firstReached;
        boolean copies = seen.mirror().isPresent();
        return copies && nanos.getAsLong() - otherReached >= hold.toNanos()
                ? takeOver(seen)
                : Uni.createFrom().item(Decision.NONE);
    }

    private Uni<Decision> both(Seen one, Seen other) {
        if (one.mirror().isEmpty() && other.mirror().isEmpty()) {
            return begin(one, other);
        }
        long epoch = Math.max(one.epoch(), other.epoch());
        Seen newest = one.epoch() == epoch && (one.look().owns() || other.epoch() < epoch) ? one : other;
        Seen older = newest == one ? other : one;
        if (!newest.look().owns()) {
            return takeOver(newest);
        }
        if (older.epoch() < epoch || older.look().owns() || older.look().live() > 0) {
            return giveUp(older, newest, MOST_MOVES).map(done -> Decision.owner(newest, false));
        }
        if (!newest.look().whole() || !older.look().whole()) {
            return compare(newest, older);
        }
        comparison = null;
        return goOnStarting(newest)
                .flatMap(done -> older.side().store().ownerWorks(older.side().queue(), epoch))
                .flatMap(said -> deliver(newest, older))
                .flatMap(done -> deliver(older, newest))
                .map(done -> Decision.owner(newest, true));
    }

    /** The queue becomes mirrored: the first store has its jobs, and the second is to get copies. */
    private Uni<Decision> begin(Seen one, Seen other) {
        Mirror owner =
                new Mirror(Mirror.Role.OWN, Mirror.FIRST_EPOCH, one.look().run());
        Mirror copies = new Mirror(Mirror.Role.COPY, Mirror.FIRST_EPOCH, Mirror.UNKNOWN);
        LOG.infof("Queue %s is mirrored from now on", queue);
        return one.side()
                .store()
                .set(one.side().queue(), Optional.empty(), owner)
                .flatMap(set -> other.side().store().set(other.side().queue(), Optional.empty(), copies))
                .map(set -> new Decision(Optional.of(one.side()), Mirror.FIRST_EPOCH, false));
    }

    private Uni<Decision> compare(Seen owner, Seen copies) {
        if (comparison == null || !comparison.isOf(owner, copies)) {
            LOG.infof(
                    "Stores of queue %s are compared: the owner %s, copies %s",
                    queue,
                    owner.look().whole() ? "is whole" : "may have lost something",
                    copies.look().whole() ? "are whole" : "are not");
            comparison = new Comparison(owner, copies);
        }
        // Only once it got on: a comparison that never ends must not keep the copies from starting.
        return comparison
                .goOn()
                .flatMap(done -> copies.side()
                        .store()
                        .ownerWorks(copies.side().queue(), owner.epoch())
                        .replaceWith(done))
                .map(done -> {
                    comparison = done ? null : comparison;
                    boolean open = done || owner.look().whole();
                    return open ? Decision.owner(owner, done) : Decision.NONE;
                });
    }

    private static Uni<Void> deliver(Seen from, Seen to) {
        return from.look().unheard() == 0
                ? Uni.createFrom().voidItem()
                : new Delivery(from.side(), to.side(), to.mirror().orElseThrow())
                        .upTo(from.look().latestChange())
                        .replaceWithVoid();
    }

    private static Uni<Void> giveUp(Seen older, Seen owner, int left) {
        return older.side()
                .store()
                .giveUp(older.side().queue(), owner.epoch())
                .flatMap(moved -> moved < MirrorStore.MOST_MOVED || left == 1
                        ? Uni.createFrom().voidItem()
                        : giveUp(older, owner, left - 1));
    }

    private Uni<Decision> takeOver(Seen copies) {
        return start(copies, copies.epoch(), MOST_MOVES).map(takeover -> {
            Optional<Mirror> now = takeover.mirror().filter(Mirror::owns);
            now.ifPresent(owner -> LOG.warnf(
                    "Copies of queue %s start: its owner was silent for %s; epoch %d", queue, hold, owner.epoch()));
            return now.map(owner -> new Decision(Optional.of(copies.side()), owner.epoch(), false))
                    .orElse(Decision.NONE);
        });
    }

    /** Whoever took over may have ended in the middle. */
    private Uni<Void> goOnStarting(Seen owner) {
        return owner.look().copies() == 0
                ? Uni.createFrom().voidItem()
                : start(owner, owner.epoch() - 1, MOST_MOVES).replaceWithVoid();
    }

    private Uni<Takeover> start(Seen copies, long epoch, int left) {
        return copies.side()
                .store()
                .takeOver(copies.side().queue(), epoch, hold)
                .flatMap(takeover -> {
                    copiesStarted += takeover.started();
                    return takeover.started() < MirrorStore.MOST_MOVED || left == 1
                            ? Uni.createFrom().item(takeover)
                            : start(copies, epoch, left - 1);
                });
    }
}
