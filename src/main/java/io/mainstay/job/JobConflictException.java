package io.mainstay.job;

/** The job is in a state that does not allow what was asked. */
public final class JobConflictException extends MainstayException {

    private static final long serialVersionUID = 1L;

    private final JobState state;

    public JobConflictException(JobId id, JobState state, String action) {
        super("job-conflict", 409, "job %s is %s and cannot be %s".formatted(id, state.wireName(), action), null);
        this.state = state;
    }

    /** The state that stood in the way. */
    public JobState state() {
        return state;
    }
}
