package io.mainstay.handler;

import io.smallrye.mutiny.Uni;

/**
 * Like {@link JobHandler}, for work that waits without holding a thread. Called on an event loop, so it must not
 * block; its subscription is cancelled when the job's time-out passes or its lease is lost.
 */
@FunctionalInterface
public non-sealed interface AsyncJobHandler extends Handler {

    /** Starts one attempt; a failure of the {@code Uni}, or one thrown here, ends the attempt as failed. */
    Uni<Outcome> start(JobContext job);
}
