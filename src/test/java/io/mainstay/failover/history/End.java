package io.mainstay.failover.history;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The end of a job as Redis held it when somebody looked.
 *
 * @param attempts as Redis counts them
 * @param returned attempts that Redis took back, since nobody was known to have begun them
 * @param finishedAt ms since 1970 by Redis's clock
 * @param failures the kept ones, oldest first
 * @param foreign id of another job in result or errors, empty if there is none
 * @param seen when that was read
 */
public record End(
        String job,
        String state,
        int attempts,
        int returned,
        long finishedAt,
        List<Failure> failures,
        String foreign,
        Instant seen) {

    /** An attempt that failed, by its number and the type of its error. */
    public record Failure(int attempt, String type) {

        private static final Pattern OF_HANDLER = Pattern.compile("http-.+|demo|timeout");
        private static final Pattern OF_STORE = Pattern.compile("lease-expired|not-received|expired|deadline|replaced");
        private static final String LEASE_EXPIRED = "lease-expired";

        /** Whether the handler failed, or the way to it; not the service. */
        boolean ofHandler() {
            return attempt > 0 && OF_HANDLER.matcher(type).matches();
        }

        /** Whether a worker said so, so that it had begun the attempt. */
        boolean ofWorker() {
            return !OF_STORE.matcher(type).matches();
        }

        /** Whether nobody said anything of an attempt that was begun. */
        boolean ofSilence() {
            return type.equals(LEASE_EXPIRED);
        }
    }

    public End {
        failures = List.copyOf(failures);
    }

    boolean is(String wanted) {
        return state.equals(wanted);
    }

    /** Whether nothing changed between the two looks. */
    public boolean sameAs(End other) {
        return state.equals(other.state) && finishedAt == other.finishedAt && attempts == other.attempts;
    }
}
