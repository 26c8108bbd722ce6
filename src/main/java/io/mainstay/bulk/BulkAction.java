package io.mainstay.bulk;

import io.mainstay.job.JobState;
import java.util.Set;

/** What can be done to many jobs of a queue in one call. */
public enum BulkAction {
    /** Ends those that have not ended. */
    CANCEL(JobState.BLOCKED, JobState.SCHEDULED, JobState.READY, JobState.RUNNING),
    /** Makes dead or cancelled ones ready again, with fresh attempts. */
    REQUEUE(JobState.DEAD, JobState.CANCELLED),
    /** Removes ended ones, as if they had never been. */
    DELETE(JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED);

    private final Set<JobState> from;

    BulkAction(JobState... from) {
        this.from = Set.of(from);
    }

    /** Whether it can be done to jobs in that state. */
    public boolean allows(JobState state) {
        return from.contains(state);
    }
}
