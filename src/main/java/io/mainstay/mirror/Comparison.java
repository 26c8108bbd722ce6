package io.mainstay.mirror;

import io.mainstay.job.JobId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Brings two stores of a queue into agreement when one of them may have lost data: sends what changed, then compares the jobs that have not
 * ended, those of the owner first, and sends what either lacks. Then both are whole. It may stop at any point; the next one starts over.
 *
 * <p>Changes that were sent first are not compared, so a copy of a job that ended and was deleted does not look like one that the owner lacks.
 */
final class Comparison {

    private final MirrorSide owner;
    private final MirrorSide copies;
    private final MirrorLook ownerSeen;
    private final MirrorLook copiesSeen;
    private final BooleanSupplier timeLeft;
    private Step next;

    private interface Step {
        Uni<Optional<Step>> run();
    }

    /** @param timeLeft what is left then is for the next round */
    Comparison(Seen owner, Seen copies, BooleanSupplier timeLeft) {
        this.owner = owner.side();
        this.copies = copies.side();
        this.ownerSeen = owner.look();
        this.copiesSeen = copies.look();
        this.timeLeft = timeLeft;
        next = () -> deliver(ownerSeen.latestChange(), copiesSeen.latestChange())
                .map(done -> Optional.of(done ? walk(this.owner, this.copies, LivePage.START) : next));
    }

    /** Whether nothing has changed since that it relies on. */
    boolean isOf(Seen someOwner, Seen someCopies) {
        return owner == someOwner.side() && same(ownerSeen, someOwner.look()) && same(copiesSeen, someCopies.look());
    }

    private static boolean same(MirrorLook before, MirrorLook now) {
        return before.mirror().equals(now.mirror()) && before.run().equals(now.run());
    }

    /** Goes on for a while. @return whether both are whole */
    Uni<Boolean> goOn() {
        return next.run().flatMap(following -> {
            if (following.isEmpty()) {
                return Uni.createFrom().item(true);
            }
            next = following.get();
            return timeLeft.getAsBoolean() ? goOn() : Uni.createFrom().item(false);
        });
    }

    /** What the owner knows goes first: of two ends its own counts. */
    private Uni<Boolean> deliver(long ofOwner, long ofCopies) {
        return new Delivery(owner, copies, copiesSeen.mirror().orElseThrow(), timeLeft)
                .upTo(ofOwner)
                .flatMap(all -> all
                        ? new Delivery(copies, owner, ownerSeen.mirror().orElseThrow(), timeLeft).upTo(ofCopies)
                        : Uni.createFrom().item(false));
    }

    private Step walk(MirrorSide from, MirrorSide against, LivePage.Cursor at) {
        return () -> from.store().live(from.queue(), at).flatMap(page -> compare(from, against, page.jobs())
                .map(done -> Optional.of(page.next()
                        .map(cursor -> walk(from, against, cursor))
                        .orElseGet(() -> from == owner ? walk(copies, owner, LivePage.START) : last()))));
    }

    private Uni<Void> compare(MirrorSide from, MirrorSide against, List<JobVersion> jobs) {
        if (jobs.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return against.store().compare(against.queue(), jobs).flatMap(found -> note(from, found.lacking())
                .flatMap(noted -> found.gone().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : new Delivery(against, from, mirrorOf(from), timeLeft)
                                .tell(found.gone().stream()
                                        .map(OutboxEntry::gone)
                                        .toList())));
    }

    private static Uni<Void> note(MirrorSide from, List<JobId> ids) {
        return ids.isEmpty() ? Uni.createFrom().voidItem() : from.store().note(from.queue(), ids);
    }

    private Mirror mirrorOf(MirrorSide side) {
        return (side == owner ? ownerSeen : copiesSeen).mirror().orElseThrow();
    }

    /** What comes in while this goes on is nothing that either has lost. */
    private Step last() {
        return () -> Uni.combine()
                .all()
                .unis(owner.store().look(owner.queue()), copies.store().look(copies.queue()))
                .asTuple()
                .map(looks -> Optional.of(lastDelivery(
                        looks.getItem1().latestChange(), looks.getItem2().latestChange())));
    }

    private Step lastDelivery(long ofOwner, long ofCopies) {
        return () -> deliver(ofOwner, ofCopies)
                .map(done -> Optional.of(done ? this::open : lastDelivery(ofOwner, ofCopies)));
    }

    /**
     * The copies first: a store that took over meanwhile is none with copies, and the owner then stays closed. That the owner works is said just before, so
     * that nobody takes over between the two.
     */
    private Uni<Optional<Step>> open() {
        Mirror ofCopies = copiesSeen.mirror().orElseThrow();
        Mirror ofOwner = ownerSeen.mirror().orElseThrow();
        return copies.store()
                .ownerWorks(copies.queue(), ofOwner.epoch())
                .flatMap(said -> set(copies, ofCopies, copiesSeen.run()))
                .flatMap(whole -> set(owner, ofOwner, ownerSeen.run()))
                .map(whole -> Optional.empty());
    }

    private static Uni<Void> set(MirrorSide side, Mirror believed, String run) {
        Mirror wanted = believed.in(run);
        return side.store().set(side.queue(), Optional.of(believed), wanted).map(now -> {
            if (!now.equals(Optional.of(wanted))) {
                throw new MirrorChangedException(side.queue(), now);
            }
            return null;
        });
    }
}
