package io.mainstay.mirror;

import java.util.Optional;

/**
 * How a mirrored queue stands, as far as one instance has seen.
 *
 * @param owner where its jobs are claimed; empty if that is not known, or nowhere
 * @param epoch of the owner
 * @param healthy whether both stores were reached and have all there is to have
 * @param first and second: how the stores stand, empty if not reached
 */
public record MirrorStatus(
        Optional<MirrorSide> owner,
        long epoch,
        boolean healthy,
        Optional<MirrorLook> first,
        Optional<MirrorLook> second) {

    /** Before the first round. */
    public static final MirrorStatus UNKNOWN =
            new MirrorStatus(Optional.empty(), -1, false, Optional.empty(), Optional.empty());

    /** Whether the queue has the policy, and no store is owner or has copies. */
    public boolean isNotMirroredYet() {
        return first.filter(look -> look.mirror().isEmpty()).isPresent()
                && second.flatMap(MirrorLook::mirror).isEmpty();
    }
}
