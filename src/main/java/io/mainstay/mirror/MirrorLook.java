package io.mainstay.mirror;

import java.util.Objects;
import java.util.Optional;

/**
 * How a store stands with a mirrored queue.
 *
 * @param mirror empty if the store knows of no such queue
 * @param run changes whenever the store may have lost something
 * @param latestChange order of the latest change
 * @param unheard how many changes the other store has not heard of
 * @param copies how many copies wait
 * @param live how many jobs wait or run
 * @param settings pauses and limits of the queue there
 * @param uncompared whether the store took over when it may have lost something, and has not been compared with the other one since
 */
public record MirrorLook(
        Optional<Mirror> mirror,
        String run,
        long latestChange,
        long unheard,
        long copies,
        long live,
        MirrorSettings settings,
        boolean uncompared) {

    public MirrorLook {
        Objects.requireNonNull(mirror, "mirror");
        Objects.requireNonNull(run, "run");
    }

    /** Whether the store is known to have all there is to have. */
    boolean whole() {
        return mirror.filter(known -> known.run().equals(run)).isPresent();
    }

    boolean owns() {
        return mirror.filter(Mirror::owns).isPresent();
    }

    /** -1 if it knows of no such queue. */
    long epoch() {
        return mirror.map(Mirror::epoch).orElse(-1L);
    }
}
