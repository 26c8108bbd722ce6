package io.mainstay.lease.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.queue.Settled;
import io.mainstay.rest.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What became of a report; null members are not shown.
 *
 * @param token as it was sent, unless it could not be read
 * @param status {@code applied}: done now; {@code repeated}: done by an earlier sending; {@code lost}: the lease was not, or no longer, the job's, and
 *     nothing changed; {@code invalid}: there is something wrong with the report; {@code unavailable}: to be sent again
 * @param state what the job became, if it was applied
 * @param problem why it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection(fields = false)
public record ReportAnswer(String token, String status, String state, Problem problem) {

    static final String APPLIED = "applied";
    static final String REPEATED = "repeated";
    static final String LOST = "lost";
    static final String INVALID = "invalid";
    static final String UNAVAILABLE = "unavailable";

    static ReportAnswer applied(String token, Settled.Applied applied) {
        return new ReportAnswer(
                token, applied.earlier() ? REPEATED : APPLIED, applied.state().wireName(), null);
    }

    static ReportAnswer lost(String token) {
        return new ReportAnswer(token, LOST, null, null);
    }

    static ReportAnswer invalid(String token, Problem problem) {
        return new ReportAnswer(token, INVALID, null, problem);
    }

    static ReportAnswer unavailable(String token, Problem problem) {
        return new ReportAnswer(token, UNAVAILABLE, null, problem);
    }
}
