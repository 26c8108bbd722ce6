package io.mainstay.mirror;

import java.util.Objects;

/**
 * What a store is to a mirrored queue.
 *
 * @param epoch rises with each takeover
 * @param run of the store, in which it was known to have all there is to have; {@link #UNKNOWN} if it never was
 */
public record Mirror(Role role, long epoch, String run) {

    public static final String UNKNOWN = "-";
    public static final long FIRST_EPOCH = 1;

    /** Whether jobs are claimed there, or wait as copies. */
    public enum Role {
        OWN,
        COPY
    }

    public Mirror {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(run, "run");
    }

    /** @param run that has all there is, for there was no other store before */
    static Mirror firstOwner(String run) {
        return new Mirror(Role.OWN, FIRST_EPOCH, run);
    }

    boolean owns() {
        return role == Role.OWN;
    }

    /** The same, known to be whole in that run. */
    Mirror in(String nowRunning) {
        return new Mirror(role, epoch, nowRunning);
    }
}
