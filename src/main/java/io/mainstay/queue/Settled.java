package io.mainstay.queue;

import io.mainstay.job.JobState;

/** Answer to one {@link Settlement}. */
public sealed interface Settled {

    /** Done now, or by an earlier sending of the same report; {@code state} is what the job became. */
    record Applied(JobState state) implements Settled {}

    /** Refused: the lease was not, or no longer, the job's. Nothing was changed. */
    record Refused() implements Settled {}
}
