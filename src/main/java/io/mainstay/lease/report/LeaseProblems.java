package io.mainstay.lease.report;

import io.mainstay.job.MainstayException;
import io.mainstay.rest.Problem;
import io.mainstay.rest.Problems;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Problems of leases that are invalid or no longer held. */
public final class LeaseProblems {

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    private static final int UNAVAILABLE = 503;
    private static final int RETRY_AFTER_SECONDS = 2;

    private LeaseProblems() {}

    /** It was not made here, or is not whole. */
    public static Problem invalidToken() {
        return Problem.of(
                "invalid-token",
                UNPROCESSABLE,
                "This is not a valid lease token: it is incomplete, or was issued elsewhere.");
    }

    public static Problem lost() {
        return lost("The job ended, was cancelled, timed out or was claimed again; the report changed nothing.");
    }

    /** @param why in words */
    public static Problem lost(String why) {
        return Problem.of("lease-lost", CONFLICT, why);
    }

    /** Where the token is the address: then one that is none is an address of nothing. */
    public static Problem ofOne(Problem problem) {
        return problem.status() == UNPROCESSABLE
                        && problem.type().equals(invalidToken().type())
                ? Problem.of("not-found", NOT_FOUND, problem.detail())
                : problem;
    }

    public static RestResponse<Problem> answer(Problem problem) {
        ResponseBuilder<Problem> response = ResponseBuilder.<Problem>create(problem.status())
                .entity(problem)
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return problem.status() == UNAVAILABLE
                ? response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build()
                : response.build();
    }

    /** Of a call to the store that failed. */
    public static Problem of(Throwable failure) {
        return failure instanceof MainstayException known
                ? Problems.of(known)
                : Problems.unforeseen(failure, "a report on a lease");
    }
}
