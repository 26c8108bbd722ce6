package io.mainstay.mirror;

import io.mainstay.job.JobId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Tells one store of what has changed in the other one, and strikes it off there once it was heard. */
final class Delivery {

    /** Of one round: what is left is for the next one, so that a round ends. */
    private static final int MOST_PAGES = 50;

    private final MirrorSide from;
    private final MirrorSide to;
    private final Mirror believed;

    /** @param believed what the store is that is told */
    Delivery(MirrorSide from, MirrorSide to, Mirror believed) {
        this.from = from;
        this.to = to;
        this.believed = believed;
    }

    /** What the one that was seen had to tell then. */
    static Uni<Void> of(Seen from, Seen to) {
        return from.look().unheard() == 0
                ? Uni.createFrom().voidItem()
                : new Delivery(from.side(), to.side(), to.mirror().orElseThrow())
                        .upTo(from.look().latestChange())
                        .replaceWithVoid();
    }

    /** @return whether all changes up to that one were heard of */
    Uni<Boolean> upTo(long change) {
        return page(change, MOST_PAGES);
    }

    private Uni<Boolean> page(long change, int left) {
        return from.store().outbox(from.queue()).flatMap(page -> {
            List<OutboxEntry> entries = page.entries();
            if (entries.isEmpty() || entries.get(0).order() > change) {
                return Uni.createFrom().item(true);
            }
            return tell(entries)
                    .flatMap(heard -> from.store().heard(from.queue(), entries))
                    .flatMap(done ->
                            left > 1 ? page(change, left - 1) : Uni.createFrom().item(false));
        });
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
