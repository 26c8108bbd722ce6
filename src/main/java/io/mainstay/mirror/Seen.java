package io.mainstay.mirror;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** What was seen of one store in a round. */
record Seen(MirrorSide side, MirrorLook look) {

    /** One that answers later is away, as far as a round goes. */
    static final Duration LOOK_TIMEOUT = Duration.ofSeconds(1);

    /** Empty if the store does not answer. */
    static Uni<Optional<Seen>> of(MirrorSide side) {
        return side.store()
                .look(side.queue())
                .ifNoItem()
                .after(LOOK_TIMEOUT)
                .fail()
                .map(look -> Optional.of(new Seen(side, look)))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    /** Whether the other one has the copies. */
    boolean isOwnerOf(Seen other) {
        return look.owns()
                && epoch() == other.epoch()
                && other.mirror().filter(mirror -> !mirror.owns()).isPresent();
    }

    long epoch() {
        return look.epoch();
    }

    Optional<Mirror> mirror() {
        return look.mirror();
    }
}
