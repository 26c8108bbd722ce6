package io.mainstay.queue;

import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import java.time.Duration;
import java.util.Optional;

/** A worker's report on a job it holds the lease of. */
public sealed interface Settlement {

    Lease lease();

    /** Size of what it says beside the lease, in bytes. */
    default long bytes() {
        return 0;
    }

    /** The job succeeded. */
    record Complete(Lease lease, Optional<Json> result) implements Settlement {

        @Override
        public long bytes() {
            return result.map(Json::bytes).orElse(0L);
        }
    }

    /**
     * The attempt failed. With a wait, and attempts left, the job is scheduled again; else it is dead.
     *
     * @param type kind of failure, see {@link io.mainstay.job.AttemptError#type()}
     * @param message for people
     * @param retryAfter wait until the next attempt; empty if there must be none
     * @param stack where it failed, cut to what is kept; empty if that is not known
     */
    record Fail(Lease lease, String type, String message, Optional<Duration> retryAfter, String stack)
            implements Settlement {

        /** Without a stack. */
        public Fail(Lease lease, String type, String message, Optional<Duration> retryAfter) {
            this(lease, type, message, retryAfter, "");
        }

        @Override
        public long bytes() {
            return CallSize.bytes(type) + CallSize.bytes(message) + CallSize.bytes(stack);
        }
    }

    /**
     * The job wants to be run again later: scheduled, the attempt given back. If it has asked for that as often as it may, it
     * is dead.
     *
     * @param pause until it is due again
     * @param most how often it may
     */
    record Snooze(Lease lease, Duration pause, int most) implements Settlement {}

    /**
     * The job is in the hands of somebody who will report on it: it stays running, under the same lease, which lasts to its time-out. If
     * nobody reports until then the attempt failed.
     *
     * @param timeout until its time-out
     * @param retryAfter wait until the next attempt then; empty if there must be none
     */
    record Pend(Lease lease, Duration timeout, Optional<Duration> retryAfter) implements Settlement {}

    /** The job was not run, or not to its end, through no fault of its own: ready again, the attempt given back. */
    record Release(Lease lease) implements Settlement {}
}
