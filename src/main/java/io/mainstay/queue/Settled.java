package io.mainstay.queue;

import io.mainstay.job.JobState;

/** Answer to one {@link Settlement}. */
public sealed interface Settled {

    /**
     * Done.
     *
     * @param state what the job became
     * @param earlier whether an earlier sending of the same report did it
     */
    record Applied(JobState state, boolean earlier) implements Settled {

        /** By this one. */
        public Applied(JobState state) {
            this(state, false);
        }
    }

    /** Refused: the lease was not, or no longer, the job's. Nothing was changed. */
    record Refused() implements Settled {}
}
