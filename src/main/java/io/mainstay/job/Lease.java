package io.mainstay.job;

import java.util.Objects;
import java.util.Optional;

/**
 * The time-limited right to run a job. The token fences: the store refuses every report that does not carry the
 * token of the latest claim.
 *
 * @param id the job
 * @param token new for each claim; the jobs of one claim share it. What stands before its last dot names the
 *     instance that claimed, for people
 */
public record Lease(JobId id, String token) {

    public Lease {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(token, "token");
    }

    /** The instance that a token names; empty if it names none. */
    public static Optional<String> holder(String token) {
        int dot = token.lastIndexOf('.');
        return dot < 1 ? Optional.empty() : Optional.of(token.substring(0, dot));
    }
}
