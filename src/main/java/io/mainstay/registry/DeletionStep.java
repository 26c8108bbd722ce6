package io.mainstay.registry;

import io.mainstay.queue.StateChange;
import java.util.List;

/**
 * What one step of a deletion did.
 *
 * @param gone whether the queue is gone
 * @param more whether there is something that another step could do at once
 * @param cancelled the jobs it cancelled
 * @param deleted how many jobs it deleted
 * @param left what the queue has now
 */
public record DeletionStep(boolean gone, boolean more, List<StateChange> cancelled, int deleted, QueueContents left) {

    public DeletionStep {
        cancelled = List.copyOf(cancelled);
    }
}
