package io.mainstay.job;

import java.util.Objects;

/**
 * The time-limited right to run a job. The token fences: the store refuses every report that does not carry the
 * token of the latest claim.
 *
 * @param id the job
 * @param token made anew for each claim; the jobs of one claim share it
 */
public record Lease(JobId id, String token) {

    public Lease {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(token, "token");
    }
}
