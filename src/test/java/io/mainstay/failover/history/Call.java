package io.mainstay.failover.history;

import java.time.Instant;

/**
 * A caller's request about one job, and how it ended.
 *
 * @param instance that it was sent to
 * @param until when the answer was there, or when the caller gave up
 * @param answer what came back
 */
public record Call(Kind kind, String job, String instance, Instant sent, Instant until, Answer answer) {

    /** What was asked for. */
    public enum Kind {
        ENQUEUE,
        CANCEL
    }

    /**
     * @param status of HTTP; {@link #NONE} if there was no answer, {@link #REFUSED} if there was not even a connection
     * @param job id of the job in it, empty if there is none
     * @param state of the job in it, empty if there is none
     * @param store which of two stores has the job, in its words; empty if it does not say
     */
    public record Answer(int status, String job, String state, String store) {

        public static final int NONE = 0;
        public static final int REFUSED = -1;

        public Answer(int status) {
            this(status, "", "");
        }

        public Answer(int status, String job, String state) {
            this(status, job, state, "");
        }
    }

    /** Whether the caller knows that there is such a job. */
    public boolean acknowledgesJob() {
        return kind == Kind.ENQUEUE && (answer.status == 200 || answer.status == 201);
    }
}
