package io.mainstay.job;

/** Another job holds the key, and is to keep it. */
public final class UniqueConflictException extends MainstayException {

    private static final long serialVersionUID = 1L;

    /** As text, for exceptions are serializable and ids are not. */
    private final String holder;

    private final JobState state;

    public UniqueConflictException(JobId holder, JobState state) {
        super(
                "unique-conflict",
                409,
                "job %s, which is %s, holds this unique key".formatted(holder, state.wireName()),
                null);
        this.holder = holder.value();
        this.state = state;
    }

    /** The job that holds it. */
    public JobId holder() {
        return new JobId(holder);
    }

    /** The state that job is in. */
    public JobState state() {
        return state;
    }
}
