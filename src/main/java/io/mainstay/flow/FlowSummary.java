package io.mainstay.flow;

import io.mainstay.job.FlowId;
import io.mainstay.job.QueueName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A flow without its jobs.
 *
 * @param endedAt when the last of its jobs had ended; empty while one has not
 * @param jobs how many it has
 * @param open how many of them have not ended
 * @param failed how many of them are dead or cancelled
 * @param queues in which they are
 */
public record FlowSummary(
        FlowId id,
        Instant createdAt,
        Optional<Instant> endedAt,
        int jobs,
        int open,
        int failed,
        Set<QueueName> queues) {

    public FlowSummary {
        queues = Set.copyOf(queues);
    }

    public FlowState state() {
        if (endedAt.isEmpty()) {
            return FlowState.RUNNING;
        }
        return failed == 0 ? FlowState.SUCCEEDED : FlowState.FAILED;
    }

    FlowCursor cursor() {
        return new FlowCursor(createdAt.toEpochMilli(), id.value());
    }
}
