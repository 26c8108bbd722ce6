package io.mainstay.mirror;

import java.util.Optional;

/**
 * What a round has found out.
 *
 * @param owner where jobs may be claimed; empty if nowhere
 * @param epoch of the owner
 * @param healthy whether both stores have all there is to have
 */
record Decision(Optional<MirrorSide> owner, long epoch, boolean healthy) {

    static final Decision NONE = new Decision(Optional.empty(), -1, false);

    static Decision owner(Seen seen, boolean healthy) {
        return new Decision(Optional.of(seen.side()), seen.epoch(), healthy);
    }
}
