package io.mainstay.job;

import static io.mainstay.job.JobState.BLOCKED;
import static io.mainstay.job.JobState.CANCELLED;
import static io.mainstay.job.JobState.DEAD;
import static io.mainstay.job.JobState.READY;
import static io.mainstay.job.JobState.RUNNING;
import static io.mainstay.job.JobState.SCHEDULED;
import static io.mainstay.job.JobState.SUCCEEDED;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one table of state changes. The Lua scripts implement it, the in-memory twin reads it, and the model test
 * compares the two.
 */
public final class Transitions {

    private static final Map<JobState, Map<JobEvent, JobState>> TABLE = new EnumMap<>(JobState.class);

    static {
        on(BLOCKED, Map.of(JobEvent.UNBLOCK, READY, JobEvent.POSTPONE, SCHEDULED, JobEvent.CANCEL, CANCELLED));
        on(SCHEDULED, Map.of(JobEvent.PROMOTE, READY, JobEvent.CANCEL, CANCELLED));
        on(READY, Map.of(JobEvent.CLAIM, RUNNING, JobEvent.BURY, DEAD, JobEvent.CANCEL, CANCELLED));
        on(
                RUNNING,
                Map.of(
                        JobEvent.COMPLETE, SUCCEEDED,
                        JobEvent.RETRY, SCHEDULED,
                        JobEvent.BURY, DEAD,
                        JobEvent.RESCUE, READY,
                        JobEvent.RELEASE, READY,
                        JobEvent.SNOOZE, SCHEDULED,
                        JobEvent.CANCEL, CANCELLED));
        on(SUCCEEDED, Map.of());
        on(DEAD, Map.of(JobEvent.REQUEUE, READY));
        on(CANCELLED, Map.of(JobEvent.REQUEUE, READY));
    }

    private Transitions() {}

    /** The state after {@code event}, or empty if {@code from} does not allow it. */
    public static Optional<JobState> after(JobState from, JobEvent event) {
        return Optional.ofNullable(TABLE.get(from).get(event));
    }

    private static void on(JobState from, Map<JobEvent, JobState> exits) {
        TABLE.put(from, exits);
    }
}
