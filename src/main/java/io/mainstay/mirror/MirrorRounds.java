package io.mainstay.mirror;

import io.mainstay.job.MainstayException;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Keeps the two stores of one mirrored queue together, in rounds: sees how both stand, says that the owner works, tells each of the other's changes, has the copies
 * start when the owner is away, and makes copies of what an older owner still has. Any number of instances may do so; a round may end at any point.
 */
public final class MirrorRounds {

    private static final Logger LOG = Logger.getLogger(MirrorRounds.class);
    /** Within it every instance knows that the queue is to be mirrored; and that it is, from its next round. */
    static final Duration EVERYBODY_KNOWS = Duration.ofSeconds(4);

    private final QueueName queue;
    private final MirrorSide first;
    private final MirrorSide second;
    private final Duration hold;
    private final LongSupplier nanos;
    private final long made;
    private final Comparisons comparisons;
    private long firstReached;
    private long secondReached;
    private long decided;
    private volatile long began;
    private volatile long looked;
    private long knownEpoch;
    private volatile boolean leftToOthers;
    private volatile MirrorStatus status = MirrorStatus.UNKNOWN;
    private volatile MirrorSide latestOwner;
    private final MirrorCounts counts = new MirrorCounts();

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
        made = nanos.getAsLong();
        comparisons = new Comparisons(queue, nanos, this::timeLeft);
        firstReached = made;
        secondReached = firstReached;
        decided = firstReached;
        latestOwner = first;
    }

    public MirrorStatus status() {
        return status;
    }

    /** How old it is. */
    public Duration sinceStatus() {
        return Duration.ofNanos(nanos.getAsLong() - decided);
    }

    /** Where jobs were claimed when that was known last; the first store in the beginning. */
    public MirrorSide latestOwner() {
        return latestOwner;
    }

    /** Whether other instances were telling of all there was to tell: a round is due again soon, for they may have ended. */
    public boolean leftToOthers() {
        return leftToOthers;
    }

    /** Whether the latest round timed out at a store: the next one is due at once, or what is known of the other store gets too old to claim by. */
    public boolean timedOut() {
        return looked - began >= Seen.LOOK_TIMEOUT.dividedBy(2).toNanos()
                && (status.first().isEmpty() || status.second().isEmpty());
    }

    public MirrorCounts counts() {
        return counts;
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
        began = nanos.getAsLong();
        leftToOthers = false;
        return Uni.combine()
                .all()
                .unis(Seen.of(first), Seen.of(second))
                .asTuple()
                .flatMap(seen -> {
                    looked = nanos.getAsLong();
                    Optional<Seen> ofFirst = seen.getItem1();
                    Optional<Seen> ofSecond = seen.getItem2();
                    firstReached = ofFirst.isPresent() ? began : firstReached;
                    secondReached = ofSecond.isPresent() ? began : secondReached;
                    return act(ofFirst, ofSecond)
                            .onFailure(MirrorChangedException.class)
                            .recoverWithItem(changed -> {
                                LOG.debug(changed.getMessage());
                                return Decision.NONE;
                            })
                            .map(decision -> decide(decision, ofFirst.map(Seen::look), ofSecond.map(Seen::look)));
                });
    }

    /**
     * A round is short against the hold, whatever there is to do: the next one says again that the owner works. How long a store took to say how it
     * stands does not count: while one is away, all rounds would end after their first step.
     */
    private boolean timeLeft() {
        return nanos.getAsLong() - looked < hold.dividedBy(8).toNanos();
    }

    private MirrorStatus decide(Decision decision, Optional<MirrorLook> ofFirst, Optional<MirrorLook> ofSecond) {
        status = new MirrorStatus(decision.owner(), decision.epoch(), decision.healthy(), ofFirst, ofSecond);
        decided = began;
        latestOwner = decision.owner().orElse(latestOwner);
        // Seen is enough: a round that failed may have been the only one that reached the newer store.
        knownEpoch = Stream.of(ofFirst, ofSecond)
                .flatMap(Optional::stream)
                .mapToLong(MirrorLook::epoch)
                .reduce(Math.max(knownEpoch, decision.epoch()), Math::max);
        return status;
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
            // One that may have lost something stays closed: there is nobody to compare it with.
            return goOnStarting(seen).map(done -> Decision.owner(seen, false));
        }
        long otherReached = seen.side() == first ? secondReached : firstReached;
        boolean otherAway = nanos.getAsLong() - otherReached >= hold.toNanos();
        return otherAway && seen.mirror().isPresent()
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
        return keep(newest, older)
                .ifNoItem()
                .after(hold.dividedBy(4))
                .failWith(() -> new StoreUnavailableException("a store of a mirrored queue does not answer", null))
                // What becomes of copies is no reason to stop an owner that is whole.
                .onFailure(MainstayException.class)
                .recoverWithItem(() -> newest.look().whole() ? Decision.owner(newest, false) : Decision.NONE);
    }

    private Uni<Decision> keep(Seen owner, Seen copies) {
        if (copies.epoch() < owner.epoch()
                || copies.look().owns()
                || copies.look().live() > 0) {
            return Moves.giveUp(copies, owner.epoch(), this::timeLeft)
                    .invoke(counts::ranTwice)
                    .map(done -> Decision.owner(owner, false));
        }
        if (!owner.look().whole() || owner.look().uncompared() || !copies.look().whole()) {
            return comparisons.goOn(owner, copies);
        }
        comparisons.none();
        return goOnStarting(owner)
                .flatMap(done -> copies.side().store().ownerWorks(copies.side().queue(), owner.epoch()))
                .flatMap(said -> Delivery.ofNext(owner, copies, this::timeLeft))
                .invoke(left -> leftToOthers = left)
                .flatMap(done -> Delivery.ofNext(copies, owner, this::timeLeft))
                .invoke(left -> leftToOthers |= left)
                .flatMap(done -> SettingsAgreement.of(owner, copies))
                .map(done -> Decision.owner(owner, true));
    }

    /** The queue becomes mirrored: the first store has its jobs, and the second is to get copies. */
    private Uni<Decision> begin(Seen one, Seen other) {
        if (nanos.getAsLong() - made < EVERYBODY_KNOWS.toNanos()) {
            return Uni.createFrom().item(new Decision(Optional.of(one.side()), 0, false));
        }
        Mirror owner = Mirror.firstOwner(one.look().run());
        Mirror copies = new Mirror(Mirror.Role.COPY, Mirror.FIRST_EPOCH, Mirror.UNKNOWN);
        LOG.infof("Queue %s is mirrored from now on", queue);
        return one.side()
                .store()
                .set(one.side().queue(), Optional.empty(), owner)
                .flatMap(set -> other.side().store().set(other.side().queue(), Optional.empty(), copies))
                .map(set -> new Decision(Optional.of(one.side()), Mirror.FIRST_EPOCH, false));
    }

    private Uni<Decision> takeOver(Seen copies) {
        return start(copies, copies.epoch()).map(takeover -> {
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
                : start(owner, owner.epoch() - 1).replaceWithVoid();
    }

    private Uni<Takeover> start(Seen copies, long epochOfCopies) {
        return Moves.start(copies, epochOfCopies, hold, this::timeLeft)
                .invoke(takeover -> counts.copiesStarted(takeover.started()));
    }
}
