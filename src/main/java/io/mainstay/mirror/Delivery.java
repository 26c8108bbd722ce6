package io.mainstay.mirror;

import io.mainstay.job.JobId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Tells one store of what has changed in the other one, and strikes it off there once it was heard. */
final class Delivery {

    private final MirrorSide from;
    private final MirrorSide to;
    private final Mirror believed;
    private final BooleanSupplier timeLeft;

    /**
     * @param believed the state that the receiving store is believed to have
     * @param timeLeft what is left then is for the next round
     */
    Delivery(MirrorSide from, MirrorSide to, Mirror believed, BooleanSupplier timeLeft) {
        this.from = from;
        this.to = to;
        this.believed = believed;
        this.timeLeft = timeLeft;
    }

    /**
     * What the one that was seen had to tell then, but for what other instances are telling.
     *
     * @return whether that is all there is
     */
    static Uni<Boolean> ofNext(Seen from, Seen to, BooleanSupplier timeLeft) {
        return from.look().unheard() == 0
                ? Uni.createFrom().item(false)
                : new Delivery(from.side(), to.side(), to.mirror().orElseThrow(), timeLeft)
                        .next(from.look().latestChange());
    }

    private Uni<Boolean> next(long change) {
        return from.store()
                .nextChanges(from.queue())
                .flatMap(page -> isOver(page, change)
                        ? Uni.createFrom().item(page.leftToOthers())
                        : tellAndStrikeOff(page)
                                .flatMap(done -> timeLeft.getAsBoolean()
                                        ? next(change)
                                        : Uni.createFrom().item(false)));
    }

    /** Whoever else tells of them. @return whether all changes up to that one were heard of */
    Uni<Boolean> upTo(long change) {
        return from.store()
                .outbox(from.queue())
                .flatMap(page -> isOver(page, change)
                        ? Uni.createFrom().item(true)
                        : tellAndStrikeOff(page)
                                .flatMap(done -> timeLeft.getAsBoolean()
                                        ? upTo(change)
                                        : Uni.createFrom().item(false)));
    }

    private static boolean isOver(OutboxPage page, long change) {
        return page.entries().isEmpty() || page.entries().get(0).order() > change;
    }

    private Uni<Void> tellAndStrikeOff(OutboxPage page) {
        return tell(page.entries()).flatMap(heard -> from.store().heard(from.queue(), page.entries()));
    }

    Uni<Void> tell(List<OutboxEntry> entries) {
        return to.store().tell(to.queue(), believed, entries).flatMap(this::complete);
    }

    private Uni<Void> complete(Heard heard) {
        checkUnchanged(heard.mirror());
        return heard.incomplete().isEmpty() ? Uni.createFrom().voidItem() : tellWhole(heard.incomplete());
    }

    /** As many as one answer has room for, then the others. */
    private Uni<Void> tellWhole(List<JobId> ids) {
        return from.store().whole(from.queue(), ids).flatMap(page -> {
            List<OutboxEntry> entries = page.entries();
            if (entries.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            return to.store().tell(to.queue(), believed, entries).flatMap(heard -> {
                checkUnchanged(heard.mirror());
                return entries.size() < ids.size()
                        ? tellWhole(ids.subList(entries.size(), ids.size()))
                        : Uni.createFrom().voidItem();
            });
        });
    }

    private void checkUnchanged(Optional<Mirror> now) {
        if (now.filter(mirror -> mirror.role() == believed.role() && mirror.epoch() == believed.epoch())
                .isEmpty()) {
            throw new MirrorChangedException(to.queue(), now);
        }
    }
}
