package io.mainstay.handler;

import io.smallrye.mutiny.Uni;

/**
 * Like {@link JobHandler}, for work that waits without holding a thread. Called on one of a few event loops for handlers, so it
 * must not block, because that would delay others on that loop. Its subscription is cancelled there when the job's time-out passes or its
 * lease is lost. Must be thread-safe.
 */
@FunctionalInterface
public non-sealed interface AsyncJobHandler extends Handler {

    /** Starts one attempt; a failure of the {@code Uni}, or one thrown here, ends the attempt as failed. */
    Uni<Outcome> start(JobContext job);

    /**
     * Whether it never blocks and never computes for milliseconds. Then it is called on the event loop that claims jobs, which
     * saves two thread switches per job; but if it blocks nevertheless, this instance claims nothing and loses its leases.
     */
    default boolean neverBlocks() {
        return false;
    }
}
