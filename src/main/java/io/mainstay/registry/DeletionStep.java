package io.mainstay.registry;

import io.mainstay.queue.StateChange;
import java.util.List;

/**
 * What one step of a deletion did.
 *
 * @param gone whether the queue is gone
 * @param cancelled the jobs it cancelled
 * @param deleted how many jobs it deleted
 * @param left what the queue has now
 */
public record DeletionStep(boolean gone, List<StateChange> cancelled, int deleted, QueueContents left) {

    public DeletionStep {
        cancelled = List.copyOf(cancelled);
    }

    /** Whether there is no use in going on at once. */
    boolean idle() {
        return cancelled.isEmpty() && deleted == 0;
    }
}
