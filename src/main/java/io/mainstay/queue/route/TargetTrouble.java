package io.mainstay.queue.route;

import java.util.Optional;

/** What keeps jobs of a target from being run on this instance, for explanations. {@code http} implements it. */
public interface TargetTrouble {

    /** Of nothing that has targets. */
    TargetTrouble NONE = new TargetTrouble() {
        @Override
        public boolean isLeftAlone(String target) {
            return false;
        }

        @Override
        public Optional<Holder> largest() {
            return Optional.empty();
        }

        @Override
        public Optional<Holder> full(String target) {
            return Optional.empty();
        }
    };

    /** @param workers of this instance that it has */
    record Holder(String target, int workers) {}

    /** Whether this instance takes no jobs of the target just now because it failed again and again. */
    boolean isLeftAlone(String target);

    /** The target that has most workers of this instance; empty if none has any. */
    Optional<Holder> largest();

    /** The target, if it has as many workers of this instance as it may. */
    Optional<Holder> full(String target);
}
