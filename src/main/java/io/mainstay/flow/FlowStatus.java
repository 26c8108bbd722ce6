package io.mainstay.flow;

import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A flow as its record has it.
 *
 * @param endedAt when the last of its jobs had ended; empty while one has not
 * @param nodes its jobs in order
 */
public record FlowStatus(FlowId id, Instant createdAt, Optional<Instant> endedAt, List<Node> nodes) {

    public FlowStatus {
        nodes = List.copyOf(nodes);
    }

    /** What the flow knows of a job: where an active one stands, only its queue knows. */
    public enum Phase {
        /** It waits for its parents. */
        BLOCKED,
        /** It may run, or does, and is not known to have ended. */
        ACTIVE,
        SUCCEEDED,
        DEAD,
        CANCELLED;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        public String wireName() {
            return wireName;
        }

        /** The phase of a job that is in a state. */
        public static Phase of(JobState state) {
            return switch (state) {
                case BLOCKED -> BLOCKED;
                case SCHEDULED, READY, RUNNING -> ACTIVE;
                case SUCCEEDED -> SUCCEEDED;
                case DEAD -> DEAD;
                case CANCELLED -> CANCELLED;
            };
        }

        public boolean ended() {
            return this != BLOCKED && this != ACTIVE;
        }
    }

    /**
     * One job.
     *
     * @param after places of its parents
     * @param result there only if it was asked for, the job has one, and it was kept
     * @param resultLeftOut whether it has one that was too large to be kept with the flow
     */
    public record Node(
            String name,
            QueueName queue,
            FlowMember member,
            List<Integer> after,
            OnParentDead onParentDead,
            Phase phase,
            Optional<Json> result,
            boolean resultLeftOut) {

        public Node {
            after = List.copyOf(after);
        }
    }
}
