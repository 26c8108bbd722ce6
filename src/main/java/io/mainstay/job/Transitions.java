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

    /** What can happen to a job. One event, one Lua verb or one step of the sweep. */
    public enum JobEvent {
        /** The jobs it waited for are done. */
        UNBLOCK,
        /** The same with a later start; or a ready job was postponed by request. */
        POSTPONE,
        /** A scheduled job is due (sweep), or was run now by request. */
        PROMOTE,
        /** A worker took the lease. */
        CLAIM,
        /** The worker reported success under a valid lease. */
        COMPLETE,
        /** The worker reported a failure and attempts are left. */
        RETRY,
        /** The worker reported a final failure, attempts are spent, the job was not started in time or cannot be read. */
        BURY,
        /** The lease ran out with attempts left (sweep). */
        RESCUE,
        /** The worker gave the job back unrun; the attempt does not count. */
        RELEASE,
        /** Its handler asked that it be run again later; the attempt does not count. */
        SNOOZE,
        /** Somebody asked that it not run, or not any longer. */
        CANCEL,
        /** Somebody asked that an ended job run again, with fresh attempts. */
        REQUEUE
    }

    private static final Map<JobState, Map<JobEvent, JobState>> TABLE = new EnumMap<>(JobState.class);

    static {
        on(BLOCKED, Map.of(JobEvent.UNBLOCK, READY, JobEvent.POSTPONE, SCHEDULED, JobEvent.CANCEL, CANCELLED));
        on(SCHEDULED, Map.of(JobEvent.PROMOTE, READY, JobEvent.CANCEL, CANCELLED));
        on(
                READY,
                Map.of(
                        JobEvent.CLAIM, RUNNING,
                        JobEvent.POSTPONE, SCHEDULED,
                        JobEvent.BURY, DEAD,
                        JobEvent.CANCEL, CANCELLED));
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
