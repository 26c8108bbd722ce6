package io.mainstay.flow;

import io.mainstay.job.FlowMember;
import io.mainstay.job.JobSpec;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import java.util.Locale;

/**
 * The intended state of a flow's job, with all that is needed to reach it, even if the job does not exist yet.
 *
 * @param start counts from when the job is let run
 */
public record FlowStep(FlowMember member, QueueName queue, Wish wish, StartTime start, JobSpec spec) {

    /** What is wished of the job; one that is no longer blocked is left alone. */
    public enum Wish {
        /** Blocked. */
        WAIT,
        /** Due, or scheduled if it has a start to wait for. */
        RUN,
        /** Cancelled. */
        CANCEL;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        public String wireName() {
            return wireName;
        }

        public static Wish ofWireName(String value) {
            return valueOf(value.toUpperCase(Locale.ROOT));
        }
    }
}
