package io.mainstay.mirror;

import java.util.Optional;

/** What was seen of one store in a round. */
record Seen(MirrorSide side, MirrorLook look) {

    long epoch() {
        return look.epoch();
    }

    Optional<Mirror> mirror() {
        return look.mirror();
    }
}
